package dev.fairlead.engine.tls;

import java.io.ByteArrayOutputStream;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One value in ASN.1's distinguished encoding (X.690): its tag and what is in it. The JDK keeps its own to itself,
/// and a library that has one (Bouncy Castle) weighs megabytes: too much for the few values that OCSP needs.
@SuppressWarnings("ArrayRecordComponent") // never compared
record Der(int tag, byte[] content) {
    static final int OCTETS = 0x04;
    static final int SEQUENCE = 0x30;
    static final int SHORT = 0x80;
    private static final int LONGEST_LENGTH = 3;

    static byte[] of(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(tag);
        int size = content.size();
        if (size < SHORT) {
            all.write(size);
        } else {
            int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(size) + 7) / 8;
            all.write(SHORT | bytes);
            for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) {
                all.write(size >> shift);
            }
        }
        all.writeBytes(content.toByteArray());
        return all.toByteArray();
    }

    static byte[] sequence(byte[]... parts) {
        return of(SEQUENCE, parts);
    }

    /// @throws CertificateException if it is not exactly one value
    static Der read(byte[] bytes) throws CertificateException {
        List<Der> all = all(bytes);
        if (all.size() != 1) {
            throw new CertificateException("not one value but " + all.size());
        }
        return all.getFirst();
    }

    /// The values in it.
    List<Der> parts() throws CertificateException {
        return all(content);
    }

    /// @throws CertificateException if there are not so many
    Der part(int index) throws CertificateException {
        List<Der> parts = parts();
        if (index >= parts.size()) {
            throw new CertificateException("a value is missing");
        }
        return parts.get(index);
    }

    private static List<Der> all(byte[] bytes) throws CertificateException {
        List<Der> found = new ArrayList<>();
        int at = 0;
        while (at < bytes.length) {
            int start = start(bytes, at);
            int end = start + length(bytes, at);
            if (start > bytes.length || end > bytes.length || end < start) {
                throw new CertificateException("a value is cut off");
            }
            found.add(new Der(bytes[at] & 0xff, Arrays.copyOfRange(bytes, start, end)));
            at = end;
        }
        return found;
    }

    private static int start(byte[] bytes, int at) throws CertificateException {
        int first = first(bytes, at);
        return at + 2 + (first < SHORT ? 0 : first - SHORT);
    }

    private static int length(byte[] bytes, int at) throws CertificateException {
        int first = first(bytes, at);
        if (first < SHORT) {
            return first;
        }
        int count = first - SHORT;
        if (count == 0 || count > LONGEST_LENGTH || at + 2 + count > bytes.length) {
            throw new CertificateException("a length cannot be read");
        }
        int length = 0;
        for (int i = 0; i < count; i++) {
            length = length << 8 | (bytes[at + 2 + i] & 0xff);
        }
        return length;
    }

    private static int first(byte[] bytes, int at) throws CertificateException {
        if (at + 1 >= bytes.length) {
            throw new CertificateException("a value is cut off");
        }
        return bytes[at + 1] & 0xff;
    }
}
