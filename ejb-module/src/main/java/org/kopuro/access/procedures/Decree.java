package org.kopuro.access.procedures;

import java.util.Map;
import org.kopuro.kernel.Language;

/** A decree under which a version of a procedure connects (ACC-42), by the code that requests name it by. */
public record Decree(String code, Map<Language, String> titles) {
}
