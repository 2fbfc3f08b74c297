package dev.fairlead.conformance.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.LineNumber;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Lines of code, comments and blank lines apart.
class SizeBudgetTest {
    private static final int FILE_MOST = 450;
    private static final int FILE_AT_95_PERCENT = 300;
    private static final int METHOD_MOST = 50;
    private static final int DOC_COLUMNS = 116;

    private record Sized(String what, int lines) {
        @Override
        public String toString() {
            return what + ": " + lines;
        }
    }

    @Test
    void noFileIsLongerThanItsBudget() {
        List<Sized> files = files();
        assertThat(files).isNotEmpty();
        assertThat(files.stream().filter(file -> file.lines > FILE_MOST).toList())
                .isEmpty();
        int at95 = files.get((int) (files.size() * 0.95)).lines;
        assertThat(at95).as("95th percentile of lines per file").isLessThanOrEqualTo(FILE_AT_95_PERCENT);
    }

    @Test
    void noMethodIsLongerThanItsBudget() throws IOException {
        List<Sized> methods = methods();
        assertThat(methods).isNotEmpty();
        assertThat(methods.stream().filter(method -> method.lines > METHOD_MOST).toList())
                .isEmpty();
    }

    /// The formatter breaks longer ones in two and leaves the second half outside the comment.
    @Test
    void noDocCommentIsWiderThanTheFormatterBears() {
        List<Sized> wide = SourceTree.sources().stream()
                .flatMap(file -> SourceTree.lines(file).stream()
                        .filter(line -> line.strip().startsWith("///") && line.length() > DOC_COLUMNS)
                        .map(line -> new Sized(file.getFileName() + ": " + line.strip(), line.length())))
                .toList();
        assertThat(wide).isEmpty();
    }

    private static List<Sized> files() {
        Path root = SourceTree.root();
        return SourceTree.sources().stream()
                .map(file -> new Sized(root.relativize(file).toString(), codeLines(SourceTree.lines(file))))
                .sorted(Comparator.comparingInt(Sized::lines))
                .toList();
    }

    private static int codeLines(List<String> lines) {
        return (int) lines.stream().filter(SourceTree::isCode).count();
    }

    private static List<Sized> methods() throws IOException {
        Map<String, List<String>> sources = SourceTree.sources().stream()
                .collect(Collectors.toMap(SizeBudgetTest::classOf, SourceTree::lines, (a, b) -> a, HashMap::new));
        List<Sized> found = new ArrayList<>();
        for (Path file : SourceTree.classes()) {
            ClassModel parsed = ClassFile.of().parse(file);
            String name = parsed.thisClass().asInternalName();
            List<String> source = sources.getOrDefault(name.replaceFirst("\\$.*", ""), List.of());
            for (MethodModel method : parsed.methods()) {
                sized(name, method, source).ifPresent(found::add);
            }
        }
        return found;
    }

    /// A class initialiser, or a method named as the rows of a table, is as long as the table is; everything
    /// else is measured from its first to its last line with instructions.
    private static Optional<Sized> sized(String type, MethodModel method, List<String> source) {
        String name = method.methodName().stringValue();
        if (name.startsWith("<")
                || name.toLowerCase(Locale.ROOT).endsWith("rows")
                || method.code().isEmpty()) {
            return Optional.empty();
        }
        CodeModel code = method.code().get();
        IntSummaryStatistics lines = code.elementStream()
                .filter(LineNumber.class::isInstance)
                .mapToInt(element -> ((LineNumber) element).line())
                .summaryStatistics();
        if (lines.getCount() == 0 || lines.getMax() > source.size()) {
            return Optional.empty();
        }
        return Optional.of(new Sized(type + "." + name, codeLines(source.subList(lines.getMin() - 1, lines.getMax()))));
    }

    /// The internal name of the top-level class of a source file.
    private static String classOf(Path source) {
        String path = source.toString();
        String marker = "src/main/java/";
        return path.substring(path.indexOf(marker) + marker.length(), path.length() - ".java".length());
    }
}
