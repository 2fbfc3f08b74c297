package dev.fairlead.worker;

/// One worker process. Numbers are never used twice within an application.
///
/// @param application its name
/// @param generation counts the application's deploys from 1
/// @param number counts the application's workers from 1, over all generations
public record WorkerId(String application, int generation, int number) {
    @Override
    public String toString() {
        return application + "#" + number;
    }
}
