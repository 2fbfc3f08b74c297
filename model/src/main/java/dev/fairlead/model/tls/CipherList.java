package dev.fairlead.model.tls;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// A cipher list in OpenSSL's notation, such as `HIGH:!aNULL:!MD5` or `EECDH+AESGCM`, worked out over the
/// ciphers that are there: the library takes names only. As with OpenSSL, words that mean nothing are passed
/// over.
public final class CipherList {
    /// The ciphers up to TLS 1.2 that the library may have, best first.
    private static final List<String> KNOWN = List.of(
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

    private static final Pattern SEPARATORS = Pattern.compile("[:, ;]+|(?=@)");

    /// Words and names of ciphers that OpenSSL has and the library does not: without elliptic curves or RSA, of
    /// other kinds, or without authentication or secrecy.
    private static final Pattern ELSEWHERE = Pattern.compile(
            "k?(?:DHE|EDH|DH)|a?(?:DSS|NULL)|eNULL|k?(?:DHE|ECDHE|RSA)?PSK|k?SRP|a?GOST\\w*|ADH|AECDH|AESCCM8?|ARIA(?:128|256)?"
                    + "|CAMELLIA(?:128|256)?|ARIAGCM|COMPLEMENTOF(?:ALL|DEFAULT)"
                    + "|(?:DHE|ADH|AECDH|SRP|PSK|RSA-PSK|ECDHE-PSK)-[-A-Z0-9]+"
                    + "|[-A-Z0-9]+-CCM8?|[-A-Z0-9]*(?:ARIA|CAMELLIA|NULL)[-A-Z0-9]+");

    private CipherList() {}

    /// Whether no cipher up to TLS 1.2 is in the list, whichever of the known ones the library has.
    public static boolean matchesNothing(String list) {
        return resolve(list, KNOWN).isEmpty();
    }

    /// Whether a list that matches nothing here may match something in OpenSSL.
    public static boolean mayMatchElsewhere(String list) {
        return SEPARATORS
                .splitAsStream(list.strip())
                .anyMatch(word -> Arrays.stream(word.split("\\+", -1))
                        .anyMatch(part -> ELSEWHERE.matcher(part).matches()));
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
        boolean isAuthentic = name.contains("GCM") || name.contains("POLY1305");
        return switch (word) {
            // The system's own choice, where a distribution has one.
            case "ALL", "DEFAULT", "PROFILE=SYSTEM" -> !isPsk;
            case "HIGH" -> !isPsk && !name.contains("DES") && !name.contains("RC4");
            case "MEDIUM" -> name.contains("DES-CBC3");
            case "FIPS" -> name.contains("AES") && !isPsk;
            case "SUITEB128" -> isEcdsa && isEcdhe && name.contains("GCM");
            case "SUITEB128ONLY" -> name.equals("ECDHE-ECDSA-AES128-GCM-SHA256");
            case "SUITEB192" -> name.equals("ECDHE-ECDSA-AES256-GCM-SHA384");
            case "ECDH", "EECDH", "ECDHE", "kECDHE", "kEECDH" -> isEcdhe;
            case "DH", "EDH", "DHE", "kDHE", "kEDH" -> isDhe;
            case "RSA", "kRSA" -> !isEcdhe && !isDhe && !isPsk;
            case "aRSA" -> !isEcdsa && !isPsk;
            case "ECDSA", "aECDSA" -> isEcdsa;
            case "AES" -> name.contains("AES");
            case "AES128" -> name.contains("AES128");
            case "AES256" -> name.contains("AES256");
            case "AESGCM" -> name.contains("GCM");
            case "CHACHA20" -> name.contains("CHACHA20");
            case "CBC" -> !isAuthentic;
            case "SHA", "SHA1" -> name.endsWith("-SHA");
            case "SHA256" -> name.endsWith("-SHA256") && !isAuthentic;
            case "SHA384" -> name.endsWith("-SHA384") && !isAuthentic;
            case "3DES" -> name.contains("DES-CBC3");
            case "PSK", "kPSK" -> isPsk;
            case "RC4" -> name.contains("RC4");
            case "MD5" -> name.endsWith("-MD5");
            case "TLSv1.2" -> isAuthentic || name.endsWith("-SHA256") || name.endsWith("-SHA384");
            case "SSLv3", "TLSv1", "TLSv1.0" -> name.endsWith("-SHA");
            default -> false;
        };
    }
}
