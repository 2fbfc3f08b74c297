package dev.fairlead.cli.cert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.cli.cert.SelfSigned.KeyKind;
import dev.fairlead.pem.Certificates;
import dev.fairlead.pem.Pem;
import dev.fairlead.pem.PrivateKeys;
import dev.fairlead.time.Clock;
import dev.fairlead.time.ManualClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertCommandTest {
    private static final long DAY = 24L * 60 * 60 * 1000;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final ByteArrayOutputStream complained = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("site.pem");
    }

    @ParameterizedTest
    @EnumSource
    void aNewFileHoldsKeyAndCertificateAndIsFitForAServer(KeyKind kind) throws Exception {
        assertThat(make(List.of("shop.example", "10.1.2.3", "::1"), kind)).isZero();
        X509Certificate certificate = Certificates.read(file.toString()).getFirst();
        assertThat(Certificates.names(certificate)).containsExactly("shop.example", "10.1.2.3", "0:0:0:0:0:0:0:1");
        assertThat(Certificates.match(
                        PrivateKeys.read(Pem.read(file.toString()).getFirst(), List.of()), certificate.getPublicKey()))
                .isTrue();
        assertThat(Certificates.bits(certificate.getPublicKey())).isEqualTo(kind == KeyKind.RSA ? 2048 : 256);
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(text(said))
                .contains("CN=shop.example", "signed by itself", "of certificate 1")
                .doesNotContain("!");
    }

    @Test
    void anExistingFileIsReplacedOnlyIfAsked() throws Exception {
        Files.writeString(file, "precious");
        assertThat(make(List.of("shop.example"), KeyKind.P256)).isEqualTo(1);
        assertThat(file).hasContent("precious");
        assertThat(text(complained)).contains("exists already").contains("--force");
        assertThat(folder.toFile().list()).containsExactly("site.pem");
        SelfSigned certificate = new SelfSigned(List.of("shop.example"), KeyKind.P256, 10);
        assertThat(command(0).make(certificate, file, true)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"no such name", "https://shop.example", "10.1.2.300", "1::2::3"})
    void whatIsNeitherHostNorAddressIsRefused(String name) {
        assertThat(make(List.of(name), KeyKind.P256)).isEqualTo(1);
        assertThat(text(complained)).contains("\"" + name + "\" is neither a host nor an address");
        assertThat(file).doesNotExist();
    }

    @Test
    void aPlaceWhereNoFileCanBeIsTold() {
        SelfSigned certificate = new SelfSigned(List.of("shop.example"), KeyKind.P256, 10);
        assertThat(command(0).make(certificate, folder, true)).isEqualTo(1);
        assertThat(text(complained)).contains(folder + " is a folder; --output names a file");
        assertThat(command(0).make(certificate, folder.resolve("none/site.pem"), false))
                .isEqualTo(1);
        assertThat(text(complained)).contains("there is no folder " + folder + "/none\n");
    }

    @Test
    void anExpiredCertificateIsAProblem() throws Exception {
        make(List.of("shop.example"), KeyKind.P256);
        assertThat(command(11 * DAY).show(List.of(file))).isEqualTo(1);
        assertThat(text(said)).contains("! certificate 1 expired on");
    }

    @Test
    void aKeyOfAnotherCertificateIsAProblem() throws Exception {
        make(List.of("shop.example"), KeyKind.P256);
        String key = Files.readString(file).split("(?=-----BEGIN CERTIFICATE)", 2)[0];
        Path other = folder.resolve("other.pem");
        new SelfSigned(List.of("other.example"), KeyKind.P256, 10).write(other, false);
        Files.writeString(file, key + Files.readString(other).split("(?=-----BEGIN CERTIFICATE)", 2)[1]);
        assertThat(command(0).show(List.of(file))).isEqualTo(1);
        assertThat(text(said)).contains("! the key belongs to none of the certificates");
    }

    @Test
    void aKeyThatOthersMayReadIsAProblem() throws Exception {
        make(List.of("shop.example"), KeyKind.P256);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(command(0).show(List.of(file))).isEqualTo(1);
        assertThat(text(said)).contains("! every user can read the private key");
    }

    @Test
    void aFileWithoutPemAndAMissingFileAreNamed() throws Exception {
        Files.writeString(file, "hello");
        assertThat(command(0).show(List.of(file, folder.resolve("none.pem"), folder)))
                .isEqualTo(1);
        assertThat(text(said)).contains("! it holds nothing in PEM form");
        assertThat(text(complained)).contains("none.pem: no such file", folder + " is a folder");
    }

    private int make(List<String> names, KeyKind kind) {
        return command(5000).make(new SelfSigned(names, kind, 10), file, false);
    }

    /// @param later milliseconds that its clock is ahead of the machine's
    private CertCommand command(long later) {
        ManualClock clock = new ManualClock(Clock.system().wallMillis() + later);
        return new CertCommand(clock, stream(said), stream(complained));
    }

    private static PrintStream stream(ByteArrayOutputStream into) {
        return new PrintStream(into, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
