package dev.lintel.core.evaluate;

import dev.lintel.core.model.SplitRule;
import dev.lintel.core.model.SplitRule.Share;
import java.util.List;

/** Picks versions by weight: by chance, or by the hash of who calls. */
final class Shares {
    private Shares() {}

    static String draw(SplitRule split, Draw draw) {
        List<Share> shares = split.shares();
        int total = 0;
        for (int i = 0; i < shares.size(); i++) {
            total += shares.get(i).weight();
        }
        int left = draw.below(total);
        for (int i = 0; i < shares.size(); i++) {
            left -= shares.get(i).weight();
            if (left < 0) {
                return shares.get(i).version();
            }
        }
        throw new IllegalStateException("a draw below " + total + " must fall on a share");
    }

    /** Whether a version takes part: weight 0 gets exactly none. */
    static boolean takesPart(SplitRule split, String version) {
        List<Share> shares = split.shares();
        for (int i = 0; i < shares.size(); i++) {
            if (shares.get(i).weight() > 0 && shares.get(i).version().equals(version)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Weighted rendezvous hashing: every version scores {@code -weight / ln(u)} with u drawn from the hash of caller and
     * version, and the highest score wins. Raising a version's share only moves callers to it, never away from it, unless
     * another version's share grows by a larger factor.
     */
    static String byHash(SplitRule split, String caller) {
        String best = "";
        double highest = -1;
        List<Share> shares = split.shares();
        for (int i = 0; i < shares.size(); i++) {
            Share share = shares.get(i);
            double score = share.weight() / -StrictMath.log(uniform(caller, share.version()));
            if (share.weight() > 0 && score > highest) {
                highest = score;
                best = share.version();
            }
        }
        return best;
    }

    /** A number strictly between 0 and 1, the same for equal arguments on every JVM. */
    private static double uniform(String caller, String version) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < caller.length(); i++) {
            hash = (hash ^ caller.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ 0x1f) * 0x100000001b3L;
        for (int i = 0; i < version.length(); i++) {
            hash = (hash ^ version.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        hash ^= hash >>> 31;
        // 52 bits and a half: with 53 the largest would be rounded up to 1, whose logarithm is 0.
        return ((hash >>> 12) + 0.5) * 0x1.0p-52;
    }
}
