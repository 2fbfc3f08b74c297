package dev.fairlead.cli.lint;

import dev.fairlead.cli.stack.CompiledStack;
import dev.fairlead.cli.stack.StackReader;
import dev.fairlead.engine.generation.HostTrial;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.FileChange;
import dev.fairlead.source.Problems;
import dev.fairlead.source.Severity;
import dev.fairlead.source.Span;
import dev.fairlead.time.Clock;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// What `fairlead check` does: reads a stack, shows every problem, and carries out fixes if asked to.
public final class CheckRun {
    private static final int ROUNDS = 10;

    private final StackReader reader;
    private final Names names;
    private final Clock clock;
    private final PrintStream out;
    private final PrintStream err;

    public CheckRun(StackReader reader, Names names, Clock clock, PrintStream out, PrintStream err) {
        this.reader = reader;
        this.names = names;
        this.clock = clock;
        this.out = out;
        this.err = err;
    }

    /// Whether names are looked up that a start looks up.
    public enum Names {
        LOOKED_UP,
        LEFT
    }

    /// How problems are shown.
    public enum Format {
        TEXT,
        JSON,
        SARIF
    }

    /// @return the exit status: 1 if the stack cannot run as it is
    public int show(Format format) {
        CompiledStack stack = tried(withRemarks());
        switch (format) {
            case TEXT -> text(stack);
            case JSON -> out.print(Report.json(all(stack)));
            case SARIF -> out.print(Report.sarif(all(stack), Path.of("")));
        }
        return stack.isBroken() ? 1 : 0;
    }

    /// Carries out every fix there is, shows what changed, and then what is left. A file that cannot be written
    /// keeps none of the others from it.
    ///
    /// @return the exit status: 1 if the stack cannot run as it is, or a file cannot be written
    public int fix() {
        Set<String> refused = new HashSet<>();
        boolean isChanged = false;
        // What is mended may be in the way of another fix, or show what it hid.
        for (int round = 0; round < ROUNDS; round++) {
            List<FileChange> changes = changes();
            changes.removeIf(change -> refused.contains(change.file().name()));
            if (changes.isEmpty()) {
                break;
            }
            for (FileChange change : changes) {
                if (write(change)) {
                    isChanged = true;
                    out.print(change.diff());
                } else {
                    refused.add(change.file().name());
                }
            }
        }
        out.println(isChanged || !refused.isEmpty() ? "" : "nothing to fix");
        return Math.max(show(Format.TEXT), refused.isEmpty() ? 0 : 1);
    }

    private List<FileChange> changes() {
        return new ArrayList<>(FileChange.of(withRemarks().diagnostics().stream()
                .map(Diagnostic::fix)
                .flatMap(Optional::stream)
                .toList()));
    }

    private boolean write(FileChange change) {
        try {
            carryOut(change);
            return true;
        } catch (AccessDeniedException denied) {
            err.println("fairlead check: " + change.file().name() + " cannot be written: permission denied");
        } catch (FileSystemException failed) {
            String reason = Objects.requireNonNullElse(failed.getReason(), failed.getMessage());
            err.println("fairlead check: " + change.file().name() + " cannot be written: " + reason);
        } catch (IOException failed) {
            err.println("fairlead check: " + change.file().name() + " cannot be written: " + failed.getMessage());
        }
        return false;
    }

    private static void carryOut(FileChange change) throws IOException {
        // A link stays one: what it leads to is changed.
        Path file = Path.of(change.file().name()).toRealPath();
        if (!Arrays.equals(Files.readAllBytes(file), change.file().text().getBytes(StandardCharsets.UTF_8))) {
            throw new IOException("it is not UTF-8 throughout, or has been changed since it was read");
        }
        PosixFileAttributes present = Files.readAttributes(file, PosixFileAttributes.class);
        Path draft = Files.createTempFile(file.getParent(), "." + file.getFileName(), ".new");
        try {
            Files.writeString(draft, change.text());
            PosixFileAttributeView kept = Files.getFileAttributeView(draft, PosixFileAttributeView.class);
            kept.setGroup(present.group());
            kept.setOwner(present.owner());
            kept.setPermissions(present.permissions());
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private CompiledStack withRemarks() {
        CompiledStack stack = reader.written();
        if (stack.isBroken()) {
            return stack;
        }
        return stack.with(reader.remarks(stack.layout())).with(StackLint.look(stack, clock));
    }

    private CompiledStack tried(CompiledStack stack) {
        if (names == Names.LEFT
                || stack.plan().isEmpty()
                || !stack.layout().problems().isEmpty()) {
            return stack;
        }
        Problems problems = new Problems();
        HostTrial.of(stack.plan().get(), problems);
        return stack.with(problems.all());
    }

    private static List<Diagnostic> all(CompiledStack stack) {
        List<Diagnostic> all = new ArrayList<>();
        stack.layout()
                .problems()
                .forEach(problem -> all.add(Diagnostic.error("stack.layout", Span.builtIn(), problem)));
        all.addAll(stack.diagnostics());
        return all;
    }

    private void text(CompiledStack stack) {
        stack.layout().found().forEach(out::println);
        String complaints = stack.complaints(Severity.NOTE);
        if (!complaints.isEmpty()) {
            out.println("\n" + complaints + "\n");
        }
        int listeners = stack.plan().map(plan -> plan.listeners().size()).orElse(0);
        int links = stack.plan().map(plan -> plan.links().size()).orElse(0);
        out.println(stack.verdict() + "; listeners: " + listeners + ", units: "
                + stack.units().units().size() + (links == 0 ? "" : ", hops without a socket: " + links));
    }
}
