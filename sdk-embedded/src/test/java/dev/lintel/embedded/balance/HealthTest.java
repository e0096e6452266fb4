package dev.lintel.embedded.balance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The thresholds that Envoy documents for active health checking. */
class HealthTest {
    private static void hear(Health health, String answers, boolean well) {
        boolean last = false;
        for (int i = 0; i < answers.length(); i++) {
            last = health.heard(answers.charAt(i) == '+');
        }
        assertThat(last).as(answers).isEqualTo(well);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_first_answer_decides_at_once(boolean good) {
        assertThat(new Health(3, 2).heard(good)).isEqualTo(good);
    }

    @Test
    void as_many_bad_answers_in_a_row_as_are_said_make_a_host_unwell() {
        Health health = new Health(3, 2);
        hear(health, "+--", true);
        hear(health, "-", false);
    }

    @Test
    void a_good_answer_in_between_begins_the_count_again() {
        Health health = new Health(3, 2);
        hear(health, "+--+--+--", true);
        hear(health, "-", false);
    }

    @Test
    void as_many_good_answers_in_a_row_as_are_said_make_it_well_again() {
        Health health = new Health(3, 2);
        hear(health, "-", false);
        hear(health, "+-+-+", false);
        hear(health, "+", true);
    }
}
