package dev.fairlead.engine.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/// The `$apr1$` hash of Apache's htpasswd: a thousand rounds of MD5.
final class AprMd5 {
    private static final String MAGIC = "$apr1$";
    private static final String DIGITS = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private AprMd5() {}

    /// @param setting a complete hash, or its front up to the salt
    static String hash(String password, String setting) {
        String salt = setting.substring(MAGIC.length());
        int end = salt.indexOf('$');
        salt = salt.substring(0, Math.min(end < 0 ? salt.length() : end, 8));
        byte[] key = password.getBytes(StandardCharsets.ISO_8859_1);
        byte[] saltBytes = salt.getBytes(StandardCharsets.ISO_8859_1);
        byte[] digest = rounds(first(key, saltBytes), key, saltBytes);
        return MAGIC + salt + "$" + text(digest);
    }

    private static byte[] first(byte[] key, byte[] salt) {
        MessageDigest inner = md5();
        inner.update(key);
        inner.update(salt);
        inner.update(key);
        byte[] mixed = inner.digest();
        MessageDigest outer = md5();
        outer.update(key);
        outer.update(MAGIC.getBytes(StandardCharsets.ISO_8859_1));
        outer.update(salt);
        for (int left = key.length; left > 0; left -= 16) {
            outer.update(mixed, 0, Math.min(left, 16));
        }
        for (int bits = key.length; bits > 0; bits >>= 1) {
            outer.update((bits & 1) != 0 || key.length == 0 ? 0 : key[0]);
        }
        return outer.digest();
    }

    private static byte[] rounds(byte[] start, byte[] key, byte[] salt) {
        byte[] digest = start;
        for (int round = 0; round < 1000; round++) {
            MessageDigest md5 = md5();
            md5.update((round & 1) != 0 ? key : digest);
            if (round % 3 != 0) {
                md5.update(salt);
            }
            if (round % 7 != 0) {
                md5.update(key);
            }
            md5.update((round & 1) != 0 ? digest : key);
            digest = md5.digest();
        }
        return Arrays.copyOf(digest, 16);
    }

    private static String text(byte[] digest) {
        StringBuilder text = new StringBuilder(22);
        for (int i = 0; i < 5; i++) {
            int last = i == 4 ? 5 : i + 12;
            append(text, (digest[i] & 0xff) << 16 | (digest[i + 6] & 0xff) << 8 | (digest[last] & 0xff), 4);
        }
        append(text, digest[11] & 0xff, 2);
        return text.toString();
    }

    private static void append(StringBuilder text, int value, int digits) {
        int left = value;
        for (int i = 0; i < digits; i++) {
            text.append(DIGITS.charAt(left & 63));
            left >>= 6;
        }
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
