package dev.fairlead.process.events;

import dev.fairlead.model.service.Job;
import dev.fairlead.model.service.Trigger;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a job is doing, in the words of Upstart's tools.
public final class Words {
    private Words() {}

    /// `job (instance) start/running, process 1234`, further processes in lines of their own.
    public static String line(JobInstance instance) {
        StringBuilder out = new StringBuilder(instance.title())
                .append(' ')
                .append(instance.goal().word())
                .append('/')
                .append(instance.state().word());
        boolean isFirst = true;
        for (Map.Entry<Job.Part, Integer> process : instance.running().entrySet()) {
            if (isFirst && process.getKey() == Job.Part.MAIN) {
                out.append(", process ").append(process.getValue());
            } else if (isFirst) {
                out.append(", (")
                        .append(process.getKey().word())
                        .append(") process ")
                        .append(process.getValue());
            } else {
                out.append("\n\t")
                        .append(process.getKey().word())
                        .append(" process ")
                        .append(process.getValue());
            }
            isFirst = false;
        }
        return out.toString();
    }

    /// Events with their values, in parentheses where two are joined.
    public static String of(Trigger trigger) {
        return switch (trigger) {
            case Trigger.Occurs occurs ->
                Stream.concat(
                                Stream.of(occurs.event()),
                                occurs.matches().stream().map(Words::of))
                        .collect(Collectors.joining(" "));
            case Trigger.Both both -> "(" + of(both.left()) + " and " + of(both.right()) + ")";
            case Trigger.Either either -> "(" + of(either.left()) + " or " + of(either.right()) + ")";
        };
    }

    public static String of(Trigger.Match match) {
        return match.name().map(name -> name + (match.isNegated() ? "!=" : "=")).orElse("") + match.pattern();
    }

    /// Of a job of which nothing is there.
    public static String line(Job job) {
        return job.name() + " stop/waiting";
    }
}
