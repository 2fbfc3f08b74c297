package dev.fairlead.dialect.haproxy.build.workshop;

import dev.fairlead.dialect.haproxy.scope.Configuration;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Section;
import dev.fairlead.dialect.haproxy.table.Context;
import dev.fairlead.model.text.UserList;
import dev.fairlead.source.Problems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The user lists.
final class Users {
    private final Map<String, UserList> lists = new HashMap<>();
    private final Problems problems;

    Users(Configuration configuration, Problems problems) {
        this.problems = problems;
        configuration.of(Context.USERLIST).forEach(section -> lists.put(section.name(), list(section)));
    }

    Optional<UserList> named(String name) {
        return Optional.ofNullable(lists.get(name));
    }

    private UserList list(Section section) {
        Map<String, Set<String>> groups = new HashMap<>();
        for (Entry entry : section.entries()) {
            if (entry.name().equals("group") && entry.text(1).equals("users")) {
                members(entry.text(2))
                        .forEach(user -> groups.computeIfAbsent(user, none -> new HashSet<>())
                                .add(entry.text(0)));
            }
        }
        List<UserList.User> users = new ArrayList<>();
        for (Entry entry : section.entries()) {
            if (entry.name().equals("user")) {
                users.add(user(entry, groups.getOrDefault(entry.text(0), Set.of())));
            }
        }
        checkGroups(section, users);
        return new UserList(section.name(), users, section.origin());
    }

    /// Groups have lines of their own, and what they list are users.
    private void checkGroups(Section section, List<UserList.User> users) {
        Set<String> groups = new HashSet<>();
        Set<String> names = new HashSet<>();
        users.forEach(user -> names.add(user.name()));
        for (Entry entry : section.entries()) {
            if (entry.name().equals("group")) {
                groups.add(entry.text(0));
                members(entry.text(1).equals("users") ? entry.text(2) : "").stream()
                        .filter(name -> !names.contains(name))
                        .forEach(name -> problems.error(
                                "haproxy.user",
                                entry.arg(2).span(),
                                "userlist '" + section.name() + "': no such user '" + name + "' specified in group '"
                                        + entry.text(0) + "'"));
            }
        }
        for (Entry entry : section.entries()) {
            if (entry.name().equals("user")) {
                unknown(entry, groups)
                        .forEach(group -> problems.error(
                                "haproxy.user",
                                entry.origin(),
                                "userlist '" + section.name() + "': no such group '" + group + "' specified in user '"
                                        + entry.text(0) + "'",
                                "a line of its own makes it: group " + group));
            }
        }
    }

    private static List<String> unknown(Entry user, Set<String> groups) {
        List<String> unknown = new ArrayList<>();
        for (int i = 1; i + 1 < user.count(); i += 2) {
            if (user.text(i).equals("groups")) {
                members(user.text(i + 1)).stream()
                        .filter(name -> !groups.contains(name))
                        .forEach(unknown::add);
            }
        }
        return unknown;
    }

    private UserList.User user(Entry entry, Set<String> named) {
        Set<String> groups = new HashSet<>(named);
        UserList.Secret secret = new UserList.Secret.Hashed("");
        for (int i = 1; i + 1 < entry.count(); i += 2) {
            String value = entry.text(i + 1);
            switch (entry.text(i)) {
                case "password" -> secret = new UserList.Secret.Hashed(value);
                case "insecure-password" -> secret = new UserList.Secret.Plain(value);
                case "groups" -> groups.addAll(members(value));
                default ->
                    problems.error(
                            "haproxy.user",
                            entry.arg(i).span(),
                            "unknown keyword '" + entry.text(i) + "' behind a user",
                            "password, insecure-password and groups follow a user's name");
            }
        }
        return new UserList.User(entry.text(0), secret, groups, entry.origin());
    }

    private static List<String> members(String text) {
        return Arrays.stream(text.split(",", -1))
                .filter(name -> !name.isEmpty())
                .toList();
    }
}
