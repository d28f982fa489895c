package org.kopuro.exchange.rest;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Collections;
import java.util.UUID;

/** What the container itself refuses (no sign-in, no such address) in the same form as everything else, without its own page. */
@WebServlet("/error-page")
public class ErrorPage extends HttpServlet {

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Integer status = (Integer) request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        int shown = status == null ? HttpServletResponse.SC_NOT_FOUND : status;
        Response.Status known = Response.Status.fromStatusCode(shown);
        response.setStatus(shown);
        response.setContentType(Problem.MEDIA_TYPE);
        response.setCharacterEncoding("UTF-8");
        response.getWriter().write(Problem.of(shown, known == null ? "HTTP_" + shown : known.name(),
                Problem.language(Collections.list(request.getLocales())), UUID.randomUUID()).toString());
    }
}
