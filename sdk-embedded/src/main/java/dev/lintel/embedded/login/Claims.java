package dev.lintel.embedded.login;

import dev.lintel.core.match.Condition;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.LoginRule;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.SplitRule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which claims a session carries: those that rules, routes and the service want to know, and no more than fits.
 *
 * @param names of the claims
 */
record Claims(Set<String> names) {
    static final String EMAIL = "email";
    static final String USER_NAME = "preferred_username";
    private static final int LONGEST = 512;
    private static final int MOST = 200;

    Claims {
        names = Collections.unmodifiableSet(new TreeSet<>(names));
    }

    static Claims of(ApiModel api, LoginRule rule) {
        Set<String> names = new TreeSet<>(List.of(EMAIL, USER_NAME));
        names.add(rule.groupsClaim());
        api.entry().access().rules().forEach(one -> {
            if (one.requirement() instanceof Requirement.Token token) {
                token.anyOf().forEach(grant -> grant.claims().forEach(claim -> names.add(claim.name())));
            }
        });
        api.service().traffic().choices().forEach(choice -> {
            if (choice.when().by() == Condition.By.CLAIM) {
                names.add(choice.when().name());
            }
        });
        SplitRule split = api.service().split();
        if (split != null && split.sticky() != null && split.sticky().by() == SplitRule.By.CLAIM) {
            names.add(split.sticky().name());
        }
        return new Claims(names);
    }

    /** Whether something may still be learnt that a token did not say. */
    boolean lacks(Map<String, Object> said) {
        return !said.keySet().containsAll(names);
    }

    Map<String, Object> pick(Map<String, Object> said) {
        Map<String, Object> kept = new LinkedHashMap<>();
        for (String name : names) {
            Object value = said.get(name);
            if (value instanceof String text && text.length() <= LONGEST || value instanceof Boolean) {
                kept.put(name, value);
            } else if (value instanceof Number number) {
                kept.put(name, number.longValue());
            } else if (value instanceof List<?> several) {
                kept.put(name, texts(several));
            }
        }
        return kept;
    }

    /** What is left out cannot let anybody in: claims are only ever asked to be there. */
    private static List<String> texts(List<?> several) {
        List<String> texts = new ArrayList<>();
        for (Object one : several) {
            if (one instanceof String text && text.length() <= LONGEST && texts.size() < MOST) {
                texts.add(text);
            }
        }
        return texts;
    }
}
