package dev.fairlead.model.tls;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// A cipher list in OpenSSL's notation, such as `HIGH:!aNULL:!MD5` or `EECDH+AESGCM`, worked out over the
/// ciphers that are there: the library takes names only. As with OpenSSL, words that mean nothing are passed
/// over.
public final class CipherList {
    /// What to write instead of a list that matches nothing.
    public static final String HINT =
            "such as HIGH:!aNULL or ECDHE+AESGCM; openssl ciphers -v LIST shows what a list matches,"
                    + " of which those with ECDHE, or AES and RSA, are here";

    /// The ciphers up to TLS 1.2 that the library may have, best first.
    public static final List<String> KNOWN = List.of(
            "ECDHE-ECDSA-AES128-GCM-SHA256",
            "ECDHE-RSA-AES128-GCM-SHA256",
            "ECDHE-ECDSA-AES256-GCM-SHA384",
            "ECDHE-RSA-AES256-GCM-SHA384",
            "ECDHE-ECDSA-CHACHA20-POLY1305",
            "ECDHE-RSA-CHACHA20-POLY1305",
            "ECDHE-PSK-CHACHA20-POLY1305",
            "ECDHE-ECDSA-AES128-SHA",
            "ECDHE-ECDSA-AES128-SHA256",
            "ECDHE-RSA-AES128-SHA",
            "ECDHE-RSA-AES128-SHA256",
            "ECDHE-PSK-AES128-CBC-SHA",
            "ECDHE-ECDSA-AES256-SHA",
            "ECDHE-ECDSA-AES256-SHA384",
            "ECDHE-RSA-AES256-SHA",
            "ECDHE-RSA-AES256-SHA384",
            "ECDHE-PSK-AES256-CBC-SHA",
            "AES128-GCM-SHA256",
            "AES256-GCM-SHA384",
            "AES128-SHA",
            "AES128-SHA256",
            "PSK-AES128-CBC-SHA",
            "AES256-SHA",
            "AES256-SHA256",
            "PSK-AES256-CBC-SHA",
            "DES-CBC3-SHA");

    private static final Pattern SEPARATORS = Pattern.compile("[:, ;]+");

    private CipherList() {}

    /// Whether no cipher up to TLS 1.2 is in the list, whichever of the known ones the library has.
    public static boolean matchesNothing(String list) {
        return resolve(list, KNOWN).isEmpty();
    }

    /// @param available OpenSSL names, best first; those of TLS 1.3 are always kept
    /// @return in the order of the list; only those of TLS 1.3 if it matches nothing else
    public static List<String> resolve(String list, Collection<String> available) {
        Set<String> chosen = new LinkedHashSet<>();
        Set<String> banned = new LinkedHashSet<>();
        for (String word : SEPARATORS.split(list.strip(), -1)) {
            if (word.isEmpty() || word.startsWith("@")) {
                continue;
            }
            char sign = word.charAt(0);
            boolean isSigned = sign == '!' || sign == '-' || sign == '+';
            List<String> matching = matching(isSigned ? word.substring(1) : word, available);
            switch (isSigned ? sign : ' ') {
                case '!' -> {
                    banned.addAll(matching);
                    chosen.removeAll(matching);
                }
                case '-' -> matching.forEach(chosen::remove);
                case '+' -> moveToEnd(chosen, matching);
                default ->
                    matching.stream().filter(name -> !banned.contains(name)).forEach(chosen::add);
            }
        }
        List<String> result =
                new ArrayList<>(available.stream().filter(CipherList::isTls13).toList());
        result.addAll(chosen);
        return result;
    }

    public static boolean isTls13(String name) {
        return name.startsWith("TLS_") || name.startsWith("AEAD-");
    }

    private static void moveToEnd(Set<String> chosen, List<String> moved) {
        for (String name : moved) {
            if (chosen.remove(name)) {
                chosen.add(name);
            }
        }
    }

    private static List<String> matching(String word, Collection<String> available) {
        return available.stream()
                .filter(name -> !isTls13(name) && isAll(name, word))
                .toList();
    }

    /// Words joined by `+` must all be true of the cipher.
    private static boolean isAll(String name, String words) {
        for (String word : words.split("\\+", -1)) {
            if (!is(name, word)) {
                return false;
            }
        }
        return true;
    }

    private static boolean is(String name, String word) {
        if (word.equals(name)) {
            return true;
        }
        boolean isPsk = name.contains("PSK");
        boolean isEcdhe = name.startsWith("ECDHE-");
        boolean isDhe = name.startsWith("DHE-") || name.startsWith("EDH-");
        boolean isEcdsa = name.contains("ECDSA");
        return switch (word.toUpperCase(Locale.ROOT)) {
            case "ALL", "DEFAULT" -> !isPsk;
            case "HIGH" -> !isPsk && !name.contains("DES") && !name.contains("RC4");
            case "MEDIUM" -> name.contains("DES-CBC3");
            case "EECDH", "ECDHE", "KECDHE", "KEECDH" -> isEcdhe;
            case "EDH", "DHE", "KDHE", "KEDH", "DH" -> isDhe;
            case "RSA", "KRSA" -> !isEcdhe && !isDhe && !isPsk;
            case "ARSA" -> !isEcdsa && !isPsk;
            case "ECDSA", "AECDSA" -> isEcdsa;
            case "AES" -> name.contains("AES");
            case "AES128" -> name.contains("AES128");
            case "AES256" -> name.contains("AES256");
            case "AESGCM" -> name.contains("GCM");
            case "CHACHA20" -> name.contains("CHACHA20");
            case "SHA", "SHA1" -> name.endsWith("-SHA");
            case "SHA256" -> name.endsWith("-SHA256") && !name.contains("GCM");
            case "SHA384" -> name.endsWith("-SHA384") && !name.contains("GCM");
            case "3DES", "DES" -> name.contains("DES");
            case "PSK" -> isPsk;
            case "RC4" -> name.contains("RC4");
            case "MD5" -> name.endsWith("-MD5");
            case "TLSV1.2" -> name.contains("GCM") || name.contains("CHACHA20") || name.endsWith("-SHA256");
            case "SSLV3", "TLSV1", "TLSV1.0" -> name.endsWith("-SHA");
            default -> false;
        };
    }
}
