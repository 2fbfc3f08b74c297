package dev.fairlead.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.ProcessUnderTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is written is read by the real interpreter.
class MarshalWriterTest {
    private static final String SHOW = "import marshal,sys; print(ascii(marshal.loads(open(sys.argv[1],'rb').read())))";

    @TempDir
    Path folder;

    private String read(Consumer<MarshalWriter> written) {
        MarshalWriter writer = new MarshalWriter(1);
        written.accept(writer);
        Path file = folder.resolve("value");
        try {
            Files.write(file, writer.copy());
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
        return ProcessUnderTest.run(folder, "python3", "-c", SHOW, file.toString())
                .output();
    }

    @Test
    void everyKindOfValueIsRead() {
        String value = read(to -> {
            to.tuple(3);
            to.beginDictionary();
            to.text("a");
            to.none();
            to.text("b");
            to.truth(true);
            to.text("c");
            to.list(2);
            to.truth(false);
            to.number(-2);
            to.endDictionary();
            byte[] data = {0, (byte) 0xff, 'x'};
            to.bytes(data, 1, 3);
            to.number(Integer.MAX_VALUE);
        });
        assertThat(value).isEqualTo("({'a': None, 'b': True, 'c': [False, -2]}, b'\\xffx', 2147483647)");
    }

    @ParameterizedTest(name = "{0} characters")
    @ValueSource(ints = {0, 1, 7, 8, 9, 254, 255, 256, 70_000})
    void textOfAnyLengthIsReadAsItsCharacters(int length) {
        String plain = "x".repeat(length);
        assertThat(read(to -> to.text(plain))).isEqualTo("'" + plain + "'");
        String wide = "\u00e9".repeat(length) + "y";
        assertThat(read(to -> to.text(wide))).isEqualTo("'" + "\\xe9".repeat(length) + "y'");
        byte[] bytes = wide.getBytes(StandardCharsets.ISO_8859_1);
        assertThat(read(to -> to.text(bytes, 0, bytes.length))).isEqualTo("'" + "\\xe9".repeat(length) + "y'");
    }

    @Test
    void everyByteIsReadAsItsCharacter() {
        StringBuilder all = new StringBuilder();
        for (char c = 0; c < 256; c++) {
            all.append(c);
        }
        String expected = ProcessUnderTest.run(
                        folder, "python3", "-c", "print(ascii(bytes(range(256)).decode('latin-1')))")
                .output();
        assertThat(read(to -> to.text(all.toString()))).isEqualTo(expected);
    }

    @Test
    void textPutTogetherFromFewerBytesThanReservedIsRead() {
        assertThat(read(to -> {
                    to.tuple(2);
                    to.beginText(1000);
                    to.put("ab", 0, 2);
                    to.put('c');
                    to.endText();
                    to.beginText(1000);
                    to.put(0xe9);
                    to.put('d');
                    to.endText();
                }))
                .isEqualTo("('abc', '\\xe9d')");
    }

    @Test
    void utf8IsReadAndWhatIsNotIsReplaced() {
        byte[] sound = "caf\u00e9 \u20ac \ud83d\ude00".getBytes(StandardCharsets.UTF_8);
        byte[] broken = {'a', (byte) 0xff, (byte) 0xe2, (byte) 0x82, 'b'};
        assertThat(read(to -> {
                    to.tuple(3);
                    utf8(to, sound);
                    utf8(to, broken);
                    utf8(to, new byte[] {'x'});
                }))
                .isEqualTo("('caf\\xe9 \\u20ac \\U0001f600', 'a\\ufffd\\ufffdb', 'x')");
    }

    private static void utf8(MarshalWriter to, byte[] text) {
        to.beginText(text.length);
        to.put(text, 0, text.length);
        to.endUtf8Text();
    }

    @Test
    void numbersAsTextAreDecimal() {
        assertThat(read(to -> {
                    to.tuple(4);
                    to.digits(0);
                    to.digits(9);
                    to.digits(10);
                    to.digits(65_535);
                }))
                .isEqualTo("('0', '9', '10', '65535')");
    }

    @Test
    void whatWasMarshalledBeforeIsReadAtAnyPlace() {
        byte[] key = MarshalWriter.ofText("REQUEST_METHOD");
        assertThat(read(to -> {
                    to.beginDictionary();
                    to.raw(key);
                    to.text("GET");
                    to.endDictionary();
                }))
                .isEqualTo("{'REQUEST_METHOD': 'GET'}");
    }
}
