-- Grain: one row per customer and wave that the customer was drawn into, in either arm: what happens in the wave's
-- window with the message and without it. Both come from one draw of the customer's life, so that any other draw of
-- arms can be played out.
CREATE TABLE campaign_effects (
    wave_index          INTEGER      NOT NULL,
    campaign            VARCHAR      NOT NULL,
    wave                INTEGER      NOT NULL,
    person_id           INTEGER      NOT NULL,
    arm                 VARCHAR      NOT NULL,
    response            VARCHAR      NOT NULL,
    probability_control FLOAT        NOT NULL,  -- of an order in the window, given the hidden state when it begins
    probability_treated FLOAT        NOT NULL,
    buys_control        BOOLEAN      NOT NULL,
    buys_treated        BOOLEAN      NOT NULL,
    spend_control       DECIMAL(9,2) NOT NULL,  -- pounds, as drawn before the basket was filled
    spend_treated       DECIMAL(9,2) NOT NULL
);

CREATE VIEW campaign_effects_file AS
SELECT * EXCLUDE (wave_index) FROM campaign_effects ORDER BY wave_index, person_id;

-- Grain: one row per wave. Effects are means over all who were drawn into it, treated less control.
CREATE VIEW campaigns_file AS
SELECT campaign, wave,
       count(*) AS customers,
       count(*) FILTER (arm = 'treated') AS treated,
       avg(probability_treated::DOUBLE - probability_control) AS expected_effect,
       avg(buys_treated::INTEGER - buys_control::INTEGER) AS effect_on_purchase,
       avg(spend_treated - spend_control) AS effect_on_spend
FROM campaign_effects
GROUP BY ALL
ORDER BY campaign, wave;
