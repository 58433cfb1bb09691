namespace Warehouse.SampleData.Tests.Law;

/// <summary>Campaigns, measured by intention to treat in the files, against the truth.</summary>
public sealed class CampaignLawTests
{
    private static readonly SampleFolder s_sample = SampleFolder.Committed;

    private static readonly IReadOnlyList<Wave> s_waves = [.. s_sample.Rows("""
        SELECT campaign || '.' || wave, arm = 'treated', count(*), count(converted_at)
        FROM (SELECT DISTINCT * FROM '{data}/campaigns/touches.parquet') WHERE campaign <> 'C77' GROUP BY ALL
        """)
        .GroupBy(row => (string)row[0])
        .Select(wave => new Wave(wave.Key, Arm(wave.Single(arm => (bool)arm[1])), Arm(wave.Single(arm => !(bool)arm[1]))))
        .OrderBy(wave => wave.Name, StringComparer.Ordinal)];

    [Fact]
    public void Effects_InTheFiles_AreThoseOfTheTruth()
    {
        var truth = s_sample.Rows("SELECT campaign || '.' || wave, expected_effect FROM '{truth}/campaigns.parquet'")
            .ToDictionary(row => (string)row[0], row => (double)row[1]);
        var (gap, variance) = (0.0, 0.0);
        foreach (var wave in s_waves.Where(wave => wave.Control.N > 100))
        {
            Significance.AssertNear(truth[wave.Name], wave.Effect, wave.StandardError, wave.Name);
            gap += wave.Effect - truth[wave.Name];
            variance += wave.StandardError * wave.StandardError;
        }

        Significance.AssertNear(0, gap, Math.Sqrt(variance), "all waves together");
    }

    [Fact]
    public void SomeEffects_CanBeSeen_AndTheNewsletterHasNone()
    {
        Assert.True(s_waves.Count(wave => wave.Effect > 1.96 * wave.StandardError) >= 6);
        Assert.Equal(
            [0, 0], s_sample.Rows("SELECT expected_effect, effect_on_purchase FROM '{truth}/campaigns.parquet' WHERE campaign = 'C03'")[0]
                .Cast<double>());
    }

    [Fact]
    public void Arms_AreDrawnByTheSharesOfTheCampaigns()
    {
        var shares = s_sample.Rows("SELECT campaign || '.' || wave, control_share::DOUBLE FROM '{data}/campaigns/campaigns.csv'")
            .ToDictionary(row => (string)row[0], row => (double)row[1]);
        Assert.All(s_waves, wave =>
            Significance.AssertShare(shares[wave.Name], wave.Control.N, wave.Control.N + wave.Treated.N, wave.Name));
    }

    [Fact]
    public void Arms_HaveEqualHiddenRates()
    {
        var row = s_sample.Rows("""
            SELECT avg(ln(rate)) FILTER (arm = 'treated'), avg(ln(rate)) FILTER (arm = 'control'),
                   sqrt(var_samp(ln(rate)) * (1 / count(*) FILTER (arm = 'treated') + 1 / count(*) FILTER (arm = 'control')))
            FROM '{truth}/campaign_effects.parquet' JOIN '{truth}/customers.parquet' USING (person_id)
            WHERE campaign = 'C01'
            """)[0];
        Significance.AssertNear((double)row[1], (double)row[0], (double)row[2]);
    }

    [Fact]
    public void PotentialOutcomes_HappenAsOftenAsTheirProbabilities()
    {
        foreach (var arm in new[] { "control", "treated" })
        {
            var row = s_sample.Rows($$"""
                SELECT sum(buys_{{arm}}::INTEGER)::DOUBLE, sum(probability_{{arm}}::DOUBLE),
                       sqrt(sum(probability_{{arm}}::DOUBLE * (1 - probability_{{arm}}))) FROM '{truth}/campaign_effects.parquet'
                """)[0];
            Significance.AssertNear((double)row[1], (double)row[0], (double)row[2], arm);
        }
    }

    [Fact]
    public void OutcomesInTheFiles_AreThoseOfTheArm()
    {
        // A touch converts where the truth says that the customer of this arm buys.
        var rows = s_sample.Rows("""
            WITH people AS (SELECT reference AS customer, person_id FROM '{truth}/references.parquet' WHERE kind IN ('account', 'web_account'))
            SELECT count(*) FILTER ((converted_at IS NOT NULL) <> CASE e.arm WHEN 'treated' THEN buys_treated ELSE buys_control END), count(*)
            FROM '{data}/campaigns/touches.parquet' t JOIN people USING (customer)
                 JOIN '{truth}/campaign_effects.parquet' e USING (campaign, wave, person_id)
            """)[0];
        Assert.Equal(0L, rows[0]);
        Assert.True((long)rows[1] > 20_000);
    }

    [Fact]
    public void Undisturbed_AreInNoCampaign() => Assert.Equal(
        [0], s_sample.Numbers("""
            SELECT count(*) FROM '{truth}/campaign_effects.parquet' JOIN '{truth}/customers.parquet' USING (person_id)
            WHERE is_undisturbed OR origin = 'prospect'
            """));

    [Fact]
    public void NobodyIsReached_WithoutConsentOfEverySource()
    {
        var rows = s_sample.Numbers("""
            WITH people AS (
                SELECT reference AS customer, any_value(person_id) AS person_id
                FROM '{truth}/references.parquet' GROUP BY reference HAVING count(DISTINCT person_id) = 1
            ),
            said AS (
                SELECT person_id, source, channel, try_cast(stated_at AS TIMESTAMP) AS stated_at, status
                FROM read_csv('{data}/consents/consents.csv.gz', all_varchar = true) c JOIN people ON upper(trim(c.customer)) = upper(people.customer)
                WHERE purpose = 'marketing'
            ),
            sent AS (
                SELECT t.*, person_id, c.channel FROM '{data}/campaigns/touches.parquet' t JOIN people USING (customer)
                    JOIN '{data}/campaigns/campaigns.csv' c USING (campaign, wave)
            ),
            words AS (
                SELECT person_id, campaign, wave, source, arg_max(status, stated_at) AS status
                FROM sent JOIN said USING (person_id, channel) WHERE stated_at < assigned_at AT TIME ZONE 'Europe/London' GROUP BY ALL
            )
            SELECT count(*) FILTER (status <> 'granted') FROM words
            """);
        Assert.Equal([0], rows);
    }

    private static (long N, long Hits) Arm(object[] row) => ((long)row[2], (long)row[3]);

    private sealed record Wave(string Name, (long N, long Hits) Treated, (long N, long Hits) Control)
    {
        public double Effect => Share(Treated) - Share(Control);

        public double StandardError => Math.Sqrt(Variance(Treated) + Variance(Control));

        private static double Share((long N, long Hits) arm) => (double)arm.Hits / arm.N;

        private static double Variance((long N, long Hits) arm) => Share(arm) * (1 - Share(arm)) / arm.N;
    }
}
