package dev.fairlead.admin.command;

import dev.fairlead.model.roster.CommandSocket.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Finds the command that a line means, and carries it out. Safe for use by several threads.
final class Interpreter {
    private static final int BEST = 5;

    private final List<Command> commands;
    private final List<Command> always;

    Interpreter(Steered steered) {
        List<Command> all = new ArrayList<>();
        all.addAll(new ShowCommands(steered).rows());
        all.addAll(new ServerCommands(steered).rows());
        all.addAll(new FrontendCommands(steered).rows());
        all.addAll(new LimitCommands(steered).rows());
        all.addAll(new SessionCommands(steered).rows());
        all.addAll(new TableCommands(steered).rows());
        all.addAll(new ListCommands(steered).rows());
        all.addAll(new CertificateCommands(steered).rows());
        all.addAll(SocketCommands.rows());
        all.addAll(UnavailableCommands.rows());
        all.sort(Comparator.comparing(Command::usage));
        commands = List.copyOf(all);
        always = List.of(
                Command.of("help [<command>]", Level.USER, "list commands", this::help),
                Command.of("prompt", Level.USER, "go on behind each line, or stop doing so", (line, session) -> {
                    session.togglePrompt();
                    return "";
                }),
                Command.of("quit", Level.USER, "hang up", (line, session) -> {
                    session.end();
                    return "";
                }));
    }

    /// @param text one command, without the break of its line
    /// @return the answer, with its line breaks
    String run(String text, Session session) {
        return run(text, "", session);
    }

    /// @param payload the lines that came behind it, each with its break; empty for none
    String run(String text, String payload, Session session) {
        List<String> words = words(text);
        Optional<Command> command = find(words);
        if (command.isEmpty()) {
            return unknown(words);
        }
        Command found = command.get();
        if (!session.level().covers(found.level())) {
            return Command.DENIED;
        }
        return found.action().run(new Command.Line(words, found.words().size(), payload), session);
    }

    private Optional<Command> find(List<String> words) {
        return java.util.stream.Stream.concat(commands.stream(), always.stream())
                .filter(command -> command.isMeant(words))
                .max(Comparator.comparingInt(command -> command.words().size()));
    }

    /// A backslash takes the meaning of what follows it.
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                word.append(text.charAt(++i));
            } else if (c == ' ' || c == '\t' || c == '\r') {
                if (!word.isEmpty()) {
                    words.add(word.toString());
                    word.setLength(0);
                }
            } else {
                word.append(c);
            }
        }
        if (!word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }

    /// The commands of a line: a semicolon divides them.
    static List<String> commands(String line) {
        List<String> all = new ArrayList<>();
        StringBuilder one = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && i + 1 < line.length()) {
                one.append(c).append(line.charAt(++i));
            } else if (c == ';') {
                all.add(one.toString());
                one.setLength(0);
            } else {
                one.append(c);
            }
        }
        if (!one.isEmpty() || all.isEmpty()) {
            all.add(one.toString());
        }
        return all;
    }

    private String help(Command.Line line, Session session) {
        List<String> wanted = line.from(0);
        List<Command> shown = commands.stream()
                .filter(command -> command.usage().startsWith(String.join(" ", wanted)))
                .toList();
        return list("The following commands are valid at this level:\n", shown.isEmpty() ? commands : shown);
    }

    private String unknown(List<String> words) {
        if (words.isEmpty()) {
            return list("Unknown command. Please enter one of the following commands only:\n", commands);
        }
        List<Command> near = near(words);
        return near.isEmpty()
                ? list("Unknown command. Please enter one of the following commands only:\n", commands)
                : list("Unknown command, but maybe one of the following ones is a better match:\n", near);
    }

    /// Those that begin alike; else those whose first word is most like the one given.
    private List<Command> near(List<String> words) {
        for (int count = words.size(); count > 0; count--) {
            List<String> begin = words.subList(0, count);
            List<Command> alike = commands.stream()
                    .filter(command -> command.words().size() >= begin.size()
                            && command.words().subList(0, begin.size()).equals(begin))
                    .toList();
            if (!alike.isEmpty()) {
                return alike;
            }
        }
        String first = words.getFirst();
        return commands.stream()
                .sorted(Comparator.comparingInt(command -> -common(first, command.usage())))
                .limit(BEST)
                .toList();
    }

    /// How many letters of a word a command has, in their order.
    private static int common(String word, String usage) {
        int place = 0;
        int count = 0;
        for (char c : word.toLowerCase(Locale.ROOT).toCharArray()) {
            int found = usage.indexOf(c, place);
            if (found >= 0) {
                count++;
                place = found + 1;
            }
        }
        return count;
    }

    private String list(String head, List<Command> shown) {
        StringBuilder out = new StringBuilder(head);
        shown.forEach(command -> line(command, out));
        always.forEach(command -> line(command, out));
        return out.toString();
    }

    private static void line(Command command, StringBuilder out) {
        out.append(String.format(Locale.ROOT, "  %-40s: %s%n", command.usage(), command.doc()));
    }
}
