namespace Warehouse.Campaigns.Measurement;

/// <summary>An arm against the control in one outcome, as far as it can be known alone.</summary>
internal sealed record Comparison(
    string Arm, ExperimentColumn Outcome, Moments Treated, Moments Control, WelchTest Test, Interval? Bootstrap, int CustomersWithAny)
{
    /// <summary>Every arm against the control in every outcome, arm by arm.</summary>
    public static IReadOnlyList<Comparison> All(Experiment experiment, ulong seed) =>
    [
        .. experiment.Outcomes
            .SelectMany((outcome, place) => OfOutcome(experiment, outcome, seed + ((ulong)place << 32)))
            .OrderBy(found => found.ArmPlace)
            .Select(found => found.Comparison),
    ];

    private static IEnumerable<(int ArmPlace, Comparison Comparison)> OfOutcome(Experiment experiment, ExperimentColumn outcome, ulong seed)
    {
        var control = Sample.Of(experiment, outcome, 0, seed);
        for (var arm = 1; arm < experiment.Arms.Count; arm++)
        {
            var treated = Sample.Of(experiment, outcome, arm, seed);
            var test = WelchTest.Of(treated.Moments, control.Moments);
            yield return (arm, new Comparison(
                experiment.Arms[arm],
                outcome,
                treated.Moments,
                control.Moments,
                test,
                Measurement.Bootstrap.Of(test, treated.Drawn, control.Drawn),
                treated.WithAny + control.WithAny));
        }
    }

    private sealed record Sample(Moments Moments, (double Mean, double Variance)[] Drawn, int WithAny)
    {
        public static Sample Of(Experiment experiment, ExperimentColumn outcome, int arm, ulong seed)
        {
            var values = experiment.OfArm(outcome.Values, arm);
            return new Sample(
                Moments.Of(values), Measurement.Bootstrap.Resample(values, seed + (ulong)arm), values.Count(value => value != 0));
        }
    }
}
