package dev.fairlead.model.text;

import dev.fairlead.model.net.AddressRange;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Makes a text of a text. A variable without a value stays without one, except where it is said otherwise; a
/// text that cannot be converted becomes one without a value. Numbers are whole decimal ones of 64 bits; what
/// is computed with a text that is no number has no value.
public sealed interface Conversion {
    /// Conversions that need nothing else.
    enum Plain implements Conversion {
        /// ASCII letters only.
        LOWER_CASE,
        UPPER_CASE,
        /// How many bytes.
        LENGTH,
        /// Percent escapes and `+` for a space.
        DECODE_QUERY,
        /// Percent escapes and, behind a `?`, `+` for a space.
        DECODE_PATH,
        /// Percent escapes for all but unreserved characters.
        ENCODE_URL,
        ENCODE_BASE64,
        DECODE_BASE64,
        /// The URL alphabet without padding.
        ENCODE_BASE64_URL,
        DECODE_BASE64_URL,
        /// Upper-case digits.
        ENCODE_HEX,
        DECODE_HEX,
        /// A hexadecimal number as a decimal one.
        HEX_TO_NUMBER,
        /// The lowest 32 bits of a number as four bytes, the highest first.
        NUMBER_BYTES,
        /// An address in digits as its 4 or 16 bytes.
        ADDRESS_BYTES,
        /// Up to the first CR or LF.
        FIRST_LINE,
        /// Up to the first NUL.
        BEFORE_NUL,
        /// Percent escapes for control characters only.
        ENCODE_CONTROLS,
        /// All of a number as eight bytes, the highest first.
        WIDE_NUMBER_BYTES,
        /// Host out of `host:port`.
        HOST_ONLY,
        /// Port out of `host:port`; 0 if there is none.
        PORT_ONLY,
        /// `1` unless it is 0, which stays.
        TO_BOOLEAN,
        /// `0` unless it is 0, which becomes `1`.
        NOT,
        ODD,
        EVEN,
        NEGATED,
        COMPLEMENT,
        /// `1` for an address in digits that is this machine's, else `0`.
        OWN_ADDRESS
    }

    /// Bytes as numbers, the highest first, of so many bytes each.
    ///
    /// @param separator what stands between them
    /// @param size bytes of each number, up to 8
    /// @param hexadecimal in upper-case digits of that system, two for each byte; else in decimal ones
    /// @param truncated whether bytes at the end that are too few for a number are left out
    record Chunks(String separator, int size, boolean hexadecimal, boolean truncated) implements Conversion {}

    /// With a variable and a text behind it, and with the delimiter before them unless there was nothing, or there
    /// is nothing to add.
    record Added(String delimiter, Optional<Variable> variable, String suffix) implements Conversion {}

    /// A number of the upstream that has the text as its name, or, with `/` in it, of a server there; no value for
    /// a name that is none.
    ///
    /// @param upstream whose server it is where the text has no `/`; empty for a text that names an upstream
    record UpstreamCount(Variable.UpstreamNumber what, String upstream) implements Conversion {}

    /// The n-th piece between delimiters; several delimiters in a row enclose empty pieces.
    ///
    /// @param number from 1, or from the end if negative
    /// @param delimiters each of these characters
    /// @param count how many pieces, with the delimiters between them; 0 for all up to the end (or the
    ///     beginning, for a negative number)
    record Field(int number, String delimiters, int count) implements Conversion {}

    /// As [Field], but delimiters at the beginning and several in a row count as one. Empty where there are not
    /// so many words.
    record Word(int number, String delimiters, int count) implements Conversion {}

    /// @param replacement groups of the match are [Variable.Capture]s in it
    /// @param all whether every match is replaced, or the first only
    record Replaced(Regex regex, Template replacement, boolean all) implements Conversion {}

    /// @param offset bytes left out at the beginning
    /// @param length most bytes taken; empty for all
    record Slice(int offset, Optional<Integer> length) implements Conversion {}

    /// Bytes behind a number that says how many they are.
    ///
    /// @param offset of the number
    /// @param width bytes of the number, the highest first
    /// @param start where they begin
    record LengthPrefixed(int offset, int width, int start) implements Conversion {}

    /// Something that a certificate in DER says; no value for bytes that are none.
    record OfCertificate(CertificatePart part) implements Conversion {}

    enum CertificatePart {
        VERSION,
        /// As bytes.
        SERIAL,
        /// As in the certificate: `YYMMDDHHMMSSZ`, from 2050 on with four digits of the year.
        VALID_FROM,
        VALID_UNTIL,
        /// Names as OpenSSL has them, `RSA-SHA256` and `rsaEncryption`.
        SIGNATURE_ALGORITHM,
        KEY_ALGORITHM
    }

    /// The subject or issuer of a certificate in DER.
    ///
    /// @param issuer whether it is the issuer
    /// @param entry the component, such as `CN`; empty for the whole name
    /// @param number which of several, from 1 or from the end if negative
    /// @param backwards whether the whole name is told as RFC 2253 does; else with slashes
    record CertificateName(boolean issuer, String entry, int number, boolean backwards) implements Conversion {}

    /// Without these characters at its beginning, or at its end.
    record Trimmed(String characters, boolean atBeginning) implements Conversion {}

    /// The value of `name=value` among others, not decoded; the first of that name. Spaces around a pair do
    /// not count.
    ///
    /// @param delimiter what stands between pairs
    /// @param ignoreCase whether the case of the name does not matter
    record Parameter(String name, char delimiter, boolean ignoreCase) implements Conversion {}

    /// A hash as a number.
    ///
    /// @param avalanche whether its bits are mixed once more, see each algorithm's use for balancing
    record Hashed(Hash hash, boolean avalanche, long seed) implements Conversion {}

    enum Hash {
        CRC32,
        CRC32C,
        DJB2,
        SDBM,
        WT6,
        XXH32,
        XXH64,
        XXH3
    }

    /// A digest as bytes.
    record Digested(Digest digest) implements Conversion {}

    /// @param key as bytes in Base64
    record Authenticated(Digest digest, Template key) implements Conversion {}

    enum Digest {
        MD5,
        SHA1,
        SHA224,
        SHA256,
        SHA384,
        SHA512
    }

    /// Escaped as the inside of a JSON string.
    ///
    /// @param invalid what becomes of bytes that are not UTF-8
    record JsonText(Invalid invalid) implements Conversion {
        public enum Invalid {
            /// The text has no value then.
            FAILS,
            /// They are left out.
            DROPPED,
            /// They are taken for ISO-8859-1.
            LATIN
        }
    }

    /// The text, number or truth value (`1` or `0`) at a path in a JSON text.
    ///
    /// @param path members and indices, `$.a.b[0]`
    record JsonValue(String path) implements Conversion {}

    /// A part of a JSON Web Token (RFC 7515, compact), decoded.
    ///
    /// @param number 1 for its header, 2 for what it claims
    record TokenPart(int number) implements Conversion {}

    /// Whether a JSON Web Token is signed: `1` or `0`; negative where that cannot be found out, `-1` for an unknown
    /// algorithm, `-2` for one that is not done, `-3` for a text that is no token, `-5` for an unknown key.
    ///
    /// @param algorithm as the token's header calls it; `none` is good only where it is a constant
    /// @param key the secret of an algorithm with one
    /// @param publicKey the key of the others in PEM; no token is good by a secret then
    record TokenVerdict(Template algorithm, Template key, Optional<String> publicKey) implements Conversion {}

    /// `1` if it is the other text, else `0`; how long that takes says nothing of either.
    record SecretlySame(Template other) implements Conversion {}

    /// First one conversion, then another.
    record Both(Conversion first, Conversion second) implements Conversion {}

    /// A number with another one.
    record Computed(Operator operator, Template operand) implements Conversion {}

    enum Operator {
        ADD,
        SUBTRACT,
        MULTIPLY,
        /// Towards zero; the largest number for a divisor of 0.
        DIVIDE,
        /// 0 for a divisor of 0.
        REMAINDER,
        AND,
        OR,
        XOR
    }

    /// A whole number in upper-case hexadecimal digits, with zeros in front where there are fewer.
    record HexNumber(int digits) implements Conversion {}

    /// An address with only the first bits left.
    ///
    /// @param bitsOfIpv6 [#NONE] if addresses of IPv6 have no value then
    record Masked(int bitsOfIpv4, int bitsOfIpv6) implements Conversion {
        public static final int NONE = -1;
    }

    /// Of addresses with commas between them the last that is in none of these networks; no value where there is
    /// none, or where something else stands behind it.
    record LastOutside(List<AddressRange> networks) implements Conversion {
        public LastOutside {
            networks = List.copyOf(networks);
        }
    }

    /// Negative, 0 or positive as it stands before, equal or behind in order of bytes.
    record Compared(Template other) implements Conversion {}

    /// With a text in front of it and one behind; not without a value itself.
    record Enclosed(Template before, Template behind) implements Conversion {}

    /// One text if its number is not 0, else the other.
    record Chosen(Template ifTrue, Template ifFalse) implements Conversion {}

    /// The other text where there is no value.
    record OrElse(Template otherwise) implements Conversion {}

    record Mapped(TextMap map, Optional<String> otherwise) implements Conversion {}

    /// Sets a variable to it, and goes on with it.
    ///
    /// @param target a variable that can be set
    record Stored(Variable target) implements Conversion {}

    /// Seconds since 1970 in the form of strftime(3).
    record Formatted(String format, boolean utc, Duration offset) implements Conversion {}

    /// A time since 1970 as in a Date field.
    ///
    /// @param digits how many digits of the number are a fraction of a second, which is told with a dot: 0, 3 or 6
    record HttpDate(Duration offset, int digits) implements Conversion {}

    /// The language among those known that an Accept-Language list prefers.
    record Language(List<String> known, Optional<String> otherwise) implements Conversion {}

    /// A counter of the entry whose key it is; without such an entry the number 0.
    record TableCounter(StickTable table, Counter counter) implements Conversion {}

    /// `1` if it is a key of the table, else `0`.
    record InTable(StickTable table) implements Conversion {}
}
