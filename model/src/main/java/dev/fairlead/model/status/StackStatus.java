package dev.fairlead.model.status;

import java.util.List;

/// What a whole stack was doing at one moment.
///
/// @param name what people call it: the last part of its folder's name
/// @param location the folder or file it was read from
/// @param pid the process that runs it
/// @param sinceMillis when it was started, in milliseconds since 1970
/// @param residentBytes memory of that process, its services not included
public record StackStatus(
        String name,
        String location,
        long pid,
        long sinceMillis,
        long residentBytes,
        TrafficStatus traffic,
        List<ApplicationStatus> applications,
        List<UnitStatus> units) {
    public StackStatus {
        applications = List.copyOf(applications);
        units = List.copyOf(units);
    }
}
