package dev.fairlead.cli.cert;

import dev.fairlead.time.Clock;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What `fairlead cert` does, apart from reading its command line.
public final class CertCommand {
    private final Clock clock;
    private final PrintStream out;
    private final PrintStream err;

    public CertCommand(Clock clock, PrintStream out, PrintStream err) {
        this.clock = clock;
        this.out = out;
        this.err = err;
    }

    /// @return the exit status: 1 if a file cannot be read, or a server or its clients would refuse it
    public int show(List<Path> files) {
        int status = 0;
        for (Path file : files) {
            try {
                if (Files.isDirectory(file)) {
                    throw new IOException(file + " is a folder; name the files in it");
                }
                PemReport report = PemReport.of(file, now());
                out.print(report.text());
                status = report.problems().isEmpty() ? status : 1;
            } catch (IOException unreadable) {
                err.println("fairlead cert: " + reason(unreadable));
                status = 1;
            }
        }
        return status;
    }

    /// @return the exit status: 1 if the file could not be written
    public int make(SelfSigned certificate, Path file, boolean isReplaced) {
        Optional<String> strange = certificate.names().stream()
                .filter(name -> !SelfSigned.isName(name))
                .findFirst();
        if (strange.isPresent()) {
            err.println("fairlead cert: \"" + strange.get() + "\" is neither a host nor an address");
            return 1;
        }
        try {
            certificate.write(file, isReplaced);
            out.print(PemReport.of(file, now()).text());
            return 0;
        } catch (IOException failed) {
            err.println("fairlead cert: " + reason(failed));
            return 1;
        }
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.wallMillis());
    }

    private static String reason(IOException failed) {
        return switch (failed) {
            case NoSuchFileException missing -> missing.getFile() + ": no such file";
            case AccessDeniedException denied -> denied.getFile() + ": permission denied";
            case IOException other -> String.valueOf(other.getMessage());
        };
    }
}
