package dev.fairlead.cli.systemctl;

import dev.fairlead.dialect.Glob;
import dev.fairlead.dialect.systemd.install.UnitFiles;
import dev.fairlead.dialect.systemd.install.UnitPath;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `cat` and `edit`.
record UnitTexts(Arguments arguments, UnitPath path, PrintStream out, PrintStream err) {

    /// Shows the files of units, the unit's own first, then its drop-ins.
    int cat() throws Fault {
        UnitFiles files = new UnitFiles(path);
        List<String> names = new ArrayList<>();
        for (String name : Names.patterns(arguments.operands())) {
            if (Glob.isPattern(name)) {
                files.all().stream().filter(one -> Glob.matches(name, one)).forEach(names::add);
            } else {
                names.add(name);
            }
        }
        boolean isFirst = true;
        for (String name : names) {
            List<Path> sources = files.sources(name);
            if (sources.isEmpty()) {
                throw new Fault("No files found for " + name + ".");
            }
            for (Path source : sources) {
                if (!isFirst) {
                    out.println();
                }
                isFirst = false;
                print(source);
            }
        }
        return 0;
    }

    private void print(Path source) throws Fault {
        out.println("# " + source);
        try {
            String text = new String(Files.readAllBytes(source), StandardCharsets.UTF_8);
            out.print(text.isEmpty() || text.endsWith("\n") ? text : text + "\n");
        } catch (IOException unreadable) {
            throw new Fault("Failed to cat " + source + ": " + unreadable.getMessage());
        }
    }

    /// There is no editor here; where to write is said instead.
    int edit() throws Fault {
        for (String name : Names.patterns(arguments.operands())) {
            Path folder = arguments.has("runtime") ? path.passing() : path.lasting();
            Path file = arguments.has("full")
                    ? folder.resolve(name)
                    : folder.resolve(name + ".d").resolve("override.conf");
            err.println("Cannot edit units, no editor available. Write " + file
                    + " yourself, then: systemctl daemon-reload");
        }
        return 1;
    }
}
