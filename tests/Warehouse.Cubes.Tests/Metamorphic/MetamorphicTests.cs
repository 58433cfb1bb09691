using FsCheck;
using FsCheck.Fluent;

namespace Warehouse.Cubes.Tests.Metamorphic;

/// <summary>Ten thousand random questions to random stars, each held to one law that right numbers obey.</summary>
public class MetamorphicTests
{
    private const int StarsInCi = 200;
    private const int LawsPerStar = 50;

    private static readonly int Stars = Environment.GetEnvironmentVariable("WAREHOUSE_LONG_TESTS") is "1" ? 10 * StarsInCi : StarsInCi;

    [Fact]
    public void RandomQuestions_ToRandomStars_ObeyTheLaws() =>
        Prop.ForAll(Trial.Arbitrary(LawsPerStar), trial => trial.Run().GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Stars).WithReplay(20_110_610, 7).WithParallelRunConfig(new ParallelRunConfig(Environment.ProcessorCount)));
}
