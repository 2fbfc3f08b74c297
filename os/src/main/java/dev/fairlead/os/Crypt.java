package dev.fairlead.os;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The system's own password hashing, crypt(3): whatever methods the machine's libcrypt knows. Safe for use by
/// several threads; a call may take long, that is its purpose.
@SuppressWarnings("restricted") // calling libcrypt is what this class is for
public final class Crypt {
    /// More than `struct crypt_data` has in any libcrypt in use.
    private static final long WORKSPACE = 128 * 1024;

    private static final Optional<MethodHandle> CRYPT_R = find();

    private Crypt() {}

    private static Optional<MethodHandle> find() {
        try {
            return SymbolLookup.libraryLookup("libcrypt.so.1", Arena.global())
                    .find("crypt_r")
                    .map(address -> Linker.nativeLinker()
                            .downcallHandle(
                                    address,
                                    FunctionDescriptor.of(
                                            ValueLayout.ADDRESS,
                                            ValueLayout.ADDRESS,
                                            ValueLayout.ADDRESS,
                                            ValueLayout.ADDRESS)));
        } catch (IllegalArgumentException notInstalled) {
            return Optional.empty();
        }
    }

    /// Hashes a password in the way, and with the salt, of another hash.
    ///
    /// @param password its bytes, one to a character
    /// @param setting a complete hash, or the part of it in front
    /// @return empty if the machine has no libcrypt, or it does not know the method
    public static Optional<String> hash(String password, String setting) {
        if (CRYPT_R.isEmpty()) {
            return Optional.empty();
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment phrase = arena.allocateFrom(password, StandardCharsets.ISO_8859_1);
            MemorySegment salt = arena.allocateFrom(setting, StandardCharsets.ISO_8859_1);
            MemorySegment result =
                    (MemorySegment) CRYPT_R.get().invokeExact(phrase, salt, arena.allocate(WORKSPACE, 16));
            if (result.equals(MemorySegment.NULL)) {
                return Optional.empty();
            }
            String hash = result.reinterpret(WORKSPACE).getString(0, StandardCharsets.ISO_8859_1);
            // What libcrypt returns for a setting it does not understand starts with an asterisk.
            return hash.startsWith("*") ? Optional.empty() : Optional.of(hash);
        } catch (Throwable impossible) {
            throw new IllegalStateException("calling crypt_r", impossible);
        }
    }
}
