"use strict";
(function () {
  // What follows the # stays in the browser; here it leaves the address line, and so the history, as well.
  var token = location.hash.substring(1);
  history.replaceState(null, "", location.pathname);
  var form = document.getElementById("form");
  var problem = document.getElementById("problem");
  var language = (navigator.language || "ru").substring(0, 2);

  function tell(text) {
    problem.textContent = text;
    problem.hidden = false;
  }

  if (!/^[A-Za-z0-9_-]{43}$/.test(token)) {
    tell("Откройте ссылку из письма целиком. · Каттагы шилтемени толук ачыңыз. · Open the link in the letter as a whole.");
    return;
  }
  form.hidden = false;
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    problem.hidden = true;
    fetch("../../api/v1/credentials", {
      method: "POST",
      credentials: "omit",
      cache: "no-store",
      headers: { "Content-Type": "application/json", "Accept-Language": language },
      body: JSON.stringify({ token: token, login: document.getElementById("login").value, fullName: document.getElementById("fullName").value })
    }).then(function (response) {
      return response.json().then(function (answer) {
        if (response.status !== 201) {
          tell(answer.detail ? answer.detail + " " + answer.whatToDo : answer.code);
          return;
        }
        document.getElementById("madeLogin").textContent = answer.login;
        document.getElementById("secret").textContent = answer.secret;
        form.hidden = true;
        document.getElementById("done").hidden = false;
      });
    }).catch(function () {
      tell("Сервер не отвечает, попробуйте ещё раз. · Сервер жооп бербейт, кайра аракет кылыңыз. · The server does not answer, try again.");
    });
  });
})();
