package org.kopuro.participants;

import org.kopuro.kernel.Input;

/** A person who receives notices; all five fields are mandatory (ACC-4). */
public record NewContact(String fullName, String unit, String post, String email, String phone) {

    public NewContact {
        fullName = Input.text(fullName, "contacts.fullName", 200);
        unit = Input.text(unit, "contacts.unit", 200);
        post = Input.text(post, "contacts.post", 200);
        email = Input.text(email, "contacts.email", 254);
        phone = Input.text(phone, "contacts.phone", 32);
    }
}
