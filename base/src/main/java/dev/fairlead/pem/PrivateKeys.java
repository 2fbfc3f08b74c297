package dev.fairlead.pem;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/// Private keys from PEM blocks: PKCS #8, plain or encrypted, and the older forms of RSA and EC keys, which may
/// be encrypted as well.
public final class PrivateKeys {
    private static final byte[] RSA_ALGORITHM = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
    private static final byte[] EC_OID = HexFormat.of().parseHex("06072a8648ce3d0201");
    private static final byte[] VERSION_ZERO = {2, 1, 0};
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    private PrivateKeys() {}

    /// @param passwords tried in order if the key is encrypted
    /// @throws GeneralSecurityException if it is of an unknown kind, or no password opens it
    public static PrivateKey read(Pem.Block block, List<String> passwords)
            throws GeneralSecurityException, IOException {
        boolean isEncrypted =
                block.label().startsWith("ENCRYPTED ") || !block.encryption().isEmpty();
        if (!isEncrypted) {
            return decode(block.label(), block.der());
        }
        if (passwords.isEmpty()) {
            throw new GeneralSecurityException("the key is encrypted and no password is given");
        }
        GeneralSecurityException failure = new GeneralSecurityException("no given password opens the key");
        for (String password : passwords) {
            try {
                return decode(
                        block.label(),
                        block.encryption().isEmpty() ? decrypt(block.der(), password) : decryptOld(block, password));
            } catch (GeneralSecurityException wrongPassword) {
                failure.addSuppressed(wrongPassword);
            }
        }
        throw failure;
    }

    private static PrivateKey decode(String label, byte[] der) throws GeneralSecurityException {
        byte[] pkcs8 = switch (label) {
            case "RSA PRIVATE KEY" -> sequence(VERSION_ZERO, RSA_ALGORITHM, tagged(4, der));
            case "EC PRIVATE KEY" -> sequence(VERSION_ZERO, ecAlgorithm(der), tagged(4, der));
            default -> der;
        };
        InvalidKeySpecException failure = new InvalidKeySpecException("not a private key of a known kind");
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (InvalidKeySpecException another) {
                failure.addSuppressed(another);
            }
        }
        throw failure;
    }

    private static byte[] decrypt(byte[] der, String password) throws GeneralSecurityException, IOException {
        EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(der);
        // For PBES2 the parameters, not the name, say which functions are used.
        String algorithm = info.getAlgParameters() == null
                ? info.getAlgName()
                : info.getAlgParameters().toString();
        String name = algorithm.startsWith("PBE") ? algorithm : info.getAlgName();
        Cipher cipher = Cipher.getInstance(name);
        cipher.init(
                Cipher.DECRYPT_MODE,
                SecretKeyFactory.getInstance(name).generateSecret(new PBEKeySpec(password.toCharArray())),
                info.getAlgParameters());
        return info.getKeySpec(cipher).getEncoded();
    }

    /// The form of OpenSSL before PKCS #8: the key is made of password and IV by MD5.
    private static byte[] decryptOld(Pem.Block block, String password) throws GeneralSecurityException {
        String[] parts = block.encryption().split(",", 2);
        if (parts.length < 2) {
            throw new GeneralSecurityException("unknown encryption of the key: " + block.encryption());
        }
        byte[] iv = HexFormat.of().parseHex(parts[1].strip());
        String name = parts[0].toUpperCase(Locale.ROOT);
        boolean isTripleDes = name.equals("DES-EDE3-CBC");
        if (!isTripleDes && !name.matches("AES-(128|192|256)-CBC")) {
            throw new GeneralSecurityException("unknown encryption of the key: " + parts[0]);
        }
        int length = isTripleDes ? 24 : Integer.parseInt(name.substring(4, 7)) / 8;
        byte[] key = derive(password.getBytes(StandardCharsets.UTF_8), Arrays.copyOf(iv, 8), length);
        Cipher cipher = Cipher.getInstance(isTripleDes ? "DESede/CBC/PKCS5Padding" : "AES/CBC/PKCS5Padding");
        cipher.init(
                Cipher.DECRYPT_MODE, new SecretKeySpec(key, isTripleDes ? "DESede" : "AES"), new IvParameterSpec(iv));
        return cipher.doFinal(block.der());
    }

    private static byte[] derive(byte[] password, byte[] salt, int length) throws GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("MD5");
        byte[] key = new byte[0];
        byte[] last = new byte[0];
        while (key.length < length) {
            digest.update(last);
            digest.update(password);
            last = digest.digest(salt);
            byte[] longer = Arrays.copyOf(key, key.length + last.length);
            System.arraycopy(last, 0, longer, key.length, last.length);
            key = longer;
        }
        return Arrays.copyOf(key, length);
    }

    /// The curve stands inside the key as its parameters, an object identifier in `[0]`.
    private static byte[] ecAlgorithm(byte[] der) throws GeneralSecurityException {
        for (int i = 0; i + 4 < der.length; i++) {
            boolean isParameters = (der[i] & 0xff) == 0xa0 && der[i + 2] == 6 && der[i + 1] == der[i + 3] + 2;
            if (isParameters && i + 4 + der[i + 3] <= der.length) {
                return sequence(EC_OID, Arrays.copyOfRange(der, i + 2, i + 4 + der[i + 3]));
            }
        }
        throw new InvalidKeySpecException("an EC key without a named curve");
    }

    private static byte[] sequence(byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        return tagged(0x30, content.toByteArray());
    }

    private static byte[] tagged(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 128) {
            out.write(content.length);
        } else if (content.length < 256) {
            out.write(0x81);
            out.write(content.length);
        } else {
            out.write(0x82);
            out.write(content.length >> 8);
            out.write(content.length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }
}
