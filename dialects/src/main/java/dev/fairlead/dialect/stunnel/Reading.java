package dev.fairlead.dialect.stunnel;

import dev.fairlead.dialect.FileSource;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import dev.fairlead.source.SourceFile;
import dev.fairlead.source.Span;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// One configuration being read: the files, their sections, and what is wrong with them.
final class Reading {
    private static final int DEEPEST = 16;

    private final StunnelOptions options;
    private final Problems problems;
    private final Global global = new Global();
    private final Service defaults = new Service("", Span.builtIn());
    private final List<Service> services = new ArrayList<>();
    private final List<SourceFile> sources = new ArrayList<>();
    private int depth;

    Reading(StunnelOptions options, Problems problems) {
        this.options = options;
        this.problems = problems;
    }

    Problems problems() {
        return problems;
    }

    Global global() {
        return global;
    }

    /// What stands before the first section.
    Service defaults() {
        return defaults;
    }

    List<Service> services() {
        return services;
    }

    List<SourceFile> sources() {
        return sources;
    }

    /// Where an absolute path of the configuration lies.
    String path(String written) {
        return written.startsWith("/") ? options.paths().resolve(written) : written;
    }

    boolean logsToSyslog() {
        return options.logsToSyslog();
    }

    void read(String path, Span askedAt) {
        try {
            SourceFile file = new SourceFile(path, options.files().read(Path.of(path)));
            sources.add(file);
            Lines.of(file).forEach(this::read);
        } catch (NoSuchFileException missing) {
            problems.error("stunnel.open", askedAt, "Cannot open configuration file " + path + ": no such file");
        } catch (AccessDeniedException denied) {
            problems.error("stunnel.open", askedAt, "Cannot open configuration file " + path + ": permission denied");
        } catch (IOException unreadable) {
            problems.error(
                    "stunnel.open", askedAt, "Cannot open configuration file " + path + ": " + unreadable.getMessage());
        }
    }

    private void read(Line line) {
        switch (line) {
            case Line.Section section -> services.add(defaults.child(section.name(), section.span()));
            case Line.Option option -> {
                int before = problems.all().size();
                OptionTable.read(option, this);
                boolean isFine = problems.all().size() == before;
                Slips.inValue(option)
                        .filter(hint -> isFine)
                        .ifPresent(hint -> warn(option, "this is part of the value", hint));
            }
            case Line.Fault fault -> {
                present().isFaulty = true;
                problems.error(
                        "stunnel.syntax",
                        fault.span(),
                        "\"" + fault.span().text() + "\": " + fault.message(),
                        Slips.inLine(fault.span().text()));
            }
        }
    }

    /// The section that is being read, or what stands before the first.
    Service present() {
        return services.isEmpty() ? defaults : services.getLast();
    }

    boolean isInSection() {
        return !services.isEmpty();
    }

    /// The files of a folder, in the order of their names.
    void include(Line.Option option) {
        if (depth >= DEEPEST) {
            problems.error("stunnel.include", option.valueSpan(), "folders include each other more than 16 deep");
            return;
        }
        depth++;
        FileSource files = options.files();
        String folder = path(option.value());
        List<String> names = files.names(Path.of(folder));
        if (names.isEmpty()) {
            problems.warning("stunnel.include", option.valueSpan(), "no files in \"" + option.value() + "\"");
        }
        for (String name : names) {
            if (!name.startsWith(".")) {
                read(folder + "/" + name, option.valueSpan());
            }
        }
        depth--;
    }

    /// Says that an option cannot be as it is.
    void wrong(Line.Option option, String message) {
        present().isFaulty = true;
        problems.add(Diagnostic.error("stunnel.value", option.valueSpan(), quoted(option) + message)
                .hint(Slips.inValue(option)));
    }

    void wrong(Line.Option option, String message, String hint) {
        present().isFaulty = true;
        problems.add(Diagnostic.error("stunnel.value", option.valueSpan(), quoted(option) + message)
                .hint(Slips.inValue(option).orElse(hint)));
    }

    void warn(Line.Option option, String message, String hint) {
        problems.warning("stunnel.value", option.valueSpan(), quoted(option) + message, hint);
    }

    void note(Line.Option option, String message) {
        problems.add(Diagnostic.note("stunnel.without-effect", option.nameSpan(), quoted(option) + message));
    }

    private static String quoted(Line.Option option) {
        return "\"" + option.span().text() + "\": ";
    }
}
