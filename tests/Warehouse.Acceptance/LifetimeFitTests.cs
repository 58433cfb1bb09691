using System.Globalization;
using System.Text.Json;
using Warehouse.Testing;

namespace Warehouse.Acceptance;

/// <summary>Lifetime models fitted from the command line, without a workspace.</summary>
public class LifetimeFitTests
{
    [SkippableFact]
    public async Task CdnowSummary_GivesThePublishedBgNbdParameters()
    {
        const string Name = "cdnow/cdnow_sample_summary.csv";
        Skip.If(SharedData.Find(Name) is null, SharedData.Missing(Name));

        var result = (await CommandLine.RunAsync("lifetime", "fit", "--summary", SharedData.Find(Name)!, "--model", "bg-nbd", "--format", "json")).Done();

        var fit = JsonDocument.Parse(result.Output).RootElement;
        var parameters = fit.GetProperty("parameters");
        Assert.Equal("bg-nbd", fit.GetProperty("model").GetString());
        Assert.Equal(.24259, parameters.GetProperty("r").GetDouble(), tolerance: .0005);
        Assert.Equal(4.4136, parameters.GetProperty("alpha").GetDouble(), tolerance: .005);
        Assert.Equal(.7929, parameters.GetProperty("a").GetDouble(), tolerance: .0005);
        Assert.Equal(2.4259, parameters.GetProperty("b").GetDouble(), tolerance: .005);
        Assert.Equal(-9582.43, fit.GetProperty("logLikelihood").GetDouble(), tolerance: .01);
        Assert.True(fit.GetProperty("converged").GetBoolean());
        Assert.True(fit.GetProperty("standardErrors").GetProperty("r").GetDouble() is > 0 and < .1);
    }

    /// <summary>Fader, Hardie and Lee (2005), R's BTYD and BTYDplus: on the same summary, in weeks and in days.</summary>
    [SkippableTheory]
    [InlineData("pareto-nbd", -9594.976, "r .553, alpha 10.578, s .606, beta 11.67", "alpha beta")]
    [InlineData("mbg-nbd", -9582.13, "r .525, alpha 6.183, a .891, b 1.614", "alpha")]
    [InlineData("bg-nbd", -9582.43, "r .2426, alpha 4.414, a .793, b 2.426", "alpha")]
    public async Task CdnowSummary_GivesThePublishedParameters_InWeeksAndInDays(string model, double logLikelihood, string published, string times)
    {
        const string Name = "cdnow/cdnow_sample_summary.csv";
        Skip.If(SharedData.Find(Name) is null, SharedData.Missing(Name));
        using var folder = new FreshFolder();
        var weeks = File.ReadLines(SharedData.Find(Name)!).Skip(1).Select(line => line.Split(',').Select(part => double.Parse(part, CultureInfo.InvariantCulture)).ToArray()).ToList();
        var inDays = folder.Write("days.csv", "x,t_x,T\n" + string.Concat(weeks.Select(row => FormattableString.Invariant($"{row[1]},{row[2] * 7},{row[3] * 7}\n"))));

        var (fit, ofDays) = (await FitAsync(model, SharedData.Find(Name)!), await FitAsync(model, inDays));

        Requires(fit, published, logLikelihood);
        var repeats = weeks.Sum(row => row[1]);
        Assert.Equal(fit.GetProperty("logLikelihood").GetDouble() - (repeats * Math.Log(7)), ofDays.GetProperty("logLikelihood").GetDouble(), tolerance: .001);
        foreach (var parameter in fit.GetProperty("parameters").EnumerateObject())
        {
            var unit = times.Split(' ').Contains(parameter.Name) ? 7 : 1;
            Assert.Equal(1, ofDays.GetProperty("parameters").GetProperty(parameter.Name).GetDouble() / (parameter.Value.GetDouble() * unit), tolerance: .001);
        }
    }

    /// <summary>Fader, Hardie and Shang (2010): 11,104 supporters of a charity, in 22 rows.</summary>
    [Fact]
    public async Task Donations_GiveThePublishedBgBbParameters()
    {
        using var folder = new FreshFolder();
        var file = folder.Write(
            "donations.csv",
            "x,t_x,n,customers\n0,0,6,3464\n1,1,6,1091\n1,2,6,277\n1,3,6,129\n1,4,6,78\n1,5,6,119\n1,6,6,129\n2,2,6,613\n2,3,6,255\n2,4,6,155\n2,5,6,173\n2,6,6,234\n"
            + "3,3,6,322\n3,4,6,181\n3,5,6,225\n3,6,6,357\n4,4,6,240\n4,5,6,284\n4,6,6,512\n5,5,6,335\n5,6,6,728\n6,6,6,1203\n");

        Requires(await FitAsync("bg-bb", file), "alpha 1.204, beta .750, gamma .657, delta 2.783", -33225.6, tolerance: .05);
    }

    /// <summary>Fader and Hardie (2013): the 946 who bought again in 39 weeks.</summary>
    [SkippableFact]
    public async Task CdnowRepeaters_GiveThePublishedGammaGammaParameters()
    {
        const string Name = "cdnow/CDNOW_sample.txt";
        Skip.If(SharedData.Find(Name) is null, SharedData.Missing(Name));
        using var folder = new FreshFolder();
        var customers = File.ReadLines(SharedData.Find(Name)!)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields.Length == 5 && string.CompareOrdinal(fields[2], "19970930") <= 0)
            .GroupBy(fields => fields[1], StringComparer.Ordinal)
            .Select(customer => customer.GroupBy(fields => fields[2], StringComparer.Ordinal).OrderBy(day => day.Key, StringComparer.Ordinal).Skip(1)
                .Select(day => day.Sum(fields => decimal.Parse(fields[4], CultureInfo.InvariantCulture))).ToList());
        var file = folder.Write(
            "spend.csv",
            "frequency,monetary_value\n" + string.Concat(customers.Select(days => FormattableString.Invariant($"{days.Count},{(days.Count == 0 ? 0 : days.Average())}\n"))));

        var fit = await FitAsync("gamma-gamma", file);

        Requires(fit, "p 6.25, q 3.74, v 15.44", -4055.92);
        Assert.Equal(946, fit.GetProperty("customers").GetInt32());
    }

    [Fact]
    public async Task UnknownModel_IsAWrongCommandWithNearNames()
    {
        using var folder = new FreshFolder();

        var result = await CommandLine.RunAsync("lifetime", "fit", "--summary", folder.Write("s.csv", "x,t_x,T\n1,1,2\n"), "--model", "bgnbd");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("Did you mean \"bg-nbd\"?", result.Error, StringComparison.Ordinal);
    }

    private static async Task<JsonElement> FitAsync(string model, string file) => JsonDocument.Parse(
        (await CommandLine.RunAsync("lifetime", "fit", "--summary", file, "--model", model, "--format", "json")).Done().Output).RootElement;

    /// <summary>Requires published parameters (« r .553, alpha 10.578 ») to three significant digits, and the log-likelihood.</summary>
    private static void Requires(JsonElement fit, string published, double logLikelihood, double tolerance = .01)
    {
        Assert.True(fit.GetProperty("converged").GetBoolean());
        Assert.Equal(logLikelihood, fit.GetProperty("logLikelihood").GetDouble(), tolerance);
        foreach (var (name, value) in published.Split(", ").Select(part => part.Split(' ')).Select(part => (part[0], double.Parse(part[1], CultureInfo.InvariantCulture))))
        {
            var digit = Math.Pow(10, Math.Floor(Math.Log10(value)) - 2);
            Assert.Equal(value, fit.GetProperty("parameters").GetProperty(name).GetDouble(), digit / 2);
            Assert.True(fit.GetProperty("standardErrors").GetProperty(name).GetDouble() > 0, name);
        }
    }
}
