package dev.fairlead.admin;

import dev.fairlead.model.control.Switchboard;
import dev.fairlead.model.control.Switchboard.Server;
import java.util.List;
import java.util.Locale;

/// A switchboard for people, in lines like those that poundctl prints.
final class BoardText {
    private final Board board;
    private final StringBuilder out = new StringBuilder();

    private BoardText(Board board) {
        this.board = board;
    }

    static String render(Board board, BoardPlace place) {
        BoardText text = new BoardText(board);
        switch (place) {
            case BoardPlace.Everything() -> text.everything();
            case BoardPlace.OfFront(Switchboard.Front front) -> text.front(front);
            case BoardPlace.OfService(Switchboard.Service service) -> text.service(service);
            case BoardPlace.OfServer(Switchboard.Service service, Server server) -> text.server(server);
        }
        return text.out.toString();
    }

    private void everything() {
        line("Server time: " + BoardJson.time(board.now()));
        line("PID: " + ProcessHandle.current().pid());
        line("Listeners:");
        List<Switchboard.Front> fronts = board.layout().fronts();
        for (int i = 0; i < fronts.size(); i++) {
            out.append(number(i, 0));
            front(fronts.get(i));
        }
        if (!board.layout().services().isEmpty()) {
            line("Global services:");
            services(board.layout().services());
        }
    }

    private void front(Switchboard.Front front) {
        line("Listener " + named(front.name()) + (front.isSecured() ? "https://" : "http://")
                + front.address().text().replaceFirst("^unix:", "")
                + (board.isOn(front.power()) ? " enabled" : " disabled"));
        services(front.services());
    }

    private void services(List<Switchboard.Service> services) {
        for (int i = 0; i < services.size(); i++) {
            out.append(number(i, 3));
            service(services.get(i));
        }
    }

    private void service(Switchboard.Service service) {
        line("Service " + named(service.name()) + (board.isOn(service.power()) ? "active" : "disabled"));
        for (int i = 0; i < service.servers().size(); i++) {
            out.append(number(i, 6));
            server(service.servers().get(i));
        }
        service.emergency().ifPresent(emergency -> {
            out.append(" ".repeat(6)).append("  -. emergency ");
            server(emergency);
        });
        if (!service.sessions().isEmpty()) {
            line(" ".repeat(6) + "Session type: " + service.sessions());
        }
        List<Board.Session> sessions = board.sessions(service);
        for (int i = 0; i < sessions.size(); i++) {
            Board.Session session = sessions.get(i);
            line(number(i, 6) + "Session " + session.key() + " " + session.server() + " "
                    + BoardJson.time(session.expires()));
        }
    }

    private void server(Server server) {
        line(
                switch (server) {
                    case Server.Passing passing ->
                        "backend " + (passing.isSecured() ? "https " : "http ")
                                + passing.address().text().replaceFirst("^unix:", "") + " " + passing.priority()
                                + (board.isAlive(passing) ? " alive" : " dead")
                                + (board.isOn(passing) ? " active" : " disabled");
                    case Server.Redirecting redirecting ->
                        "redirect " + redirecting.status() + " " + redirecting.url()
                                + (redirecting.appends() ? " (redirect request)" : "") + " active";
                    case Server.Refusing refusing -> "error " + refusing.status() + " active";
                });
    }

    private static String named(String name) {
        return name.isEmpty() ? "" : "\"" + name + "\" ";
    }

    private static String number(int number, int indent) {
        return " ".repeat(indent) + String.format(Locale.ROOT, "%3d. ", number);
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
