using System.Text.Json;
using Warehouse.Definitions;
using Warehouse.Models.Lifetime;

namespace Warehouse.Models.Tests.Lifetime;

public sealed class LifetimeSummaryTests
{
    private static readonly JsonSerializerOptions CamelCase = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    [Fact]
    public void Fit_AsJson_HasParametersAndStandardErrorsByName()
    {
        using var json = JsonDocument.Parse(JsonSerializer.Serialize(Donations.Summary.Fit(LifetimeModelKind.BgBb), CamelCase));
        var root = json.RootElement;

        Assert.Equal(["alpha", "beta", "gamma", "delta"], root.GetProperty("parameters").EnumerateObject().Select(entry => entry.Name));
        Assert.Equal(["alpha", "beta", "gamma", "delta"], root.GetProperty("standardErrors").EnumerateObject().Select(entry => entry.Name));
        Assert.True(root.GetProperty("converged").GetBoolean());
        Assert.True(root.GetProperty("logLikelihood").GetDouble() < 0);
        Assert.Equal("converged", root.GetProperty("outcome").GetProperty("code").GetString());
        Assert.Equal("bg-bb", root.GetProperty("model").GetString());
        Assert.Equal(11104, root.GetProperty("customers").GetInt64());
        Assert.Equal(4, root.GetProperty("covariance").GetArrayLength());
    }

    [Fact]
    public void Fit_OfTooLittleData_IsJsonWithoutNumbers()
    {
        var summary = Donations.Summary with { Customers = new long[22] };
        using var json = JsonDocument.Parse(JsonSerializer.Serialize(summary.Fit(LifetimeModelKind.BgNbd), CamelCase));

        Assert.False(json.RootElement.GetProperty("converged").GetBoolean());
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("logLikelihood").ValueKind);
        Assert.Equal("There are no customers.", json.RootElement.GetProperty("outcome").GetProperty("message").GetString());
    }

    [Fact]
    public void Fit_WithoutAColumnThatTheModelNeeds_SaysWhichOne()
    {
        var fault = Assert.Throws<LifetimeDataException>(() => (Donations.Summary with { Age = null }).Fit(LifetimeModelKind.ParetoNbd));
        Assert.Equal("found no column T; expected one, as pareto-nbd needs it.", fault.Message);

        fault = Assert.Throws<LifetimeDataException>(() => Donations.Summary.Fit(LifetimeModelKind.GammaGamma));
        Assert.Equal("found no column mean spend; expected one, as gamma-gamma needs it.", fault.Message);
    }

    [Fact]
    public void Fit_OfContracts_IsAWrongCommand() =>
        Assert.Throws<WrongCommandException>(() => Donations.Summary.Fit(LifetimeModelKind.ShiftedBetaGeometric));

    [Theory]
    [InlineData("bg-nbd", LifetimeModelKind.BgNbd)]
    [InlineData("mbg-nbd", LifetimeModelKind.MbgNbd)]
    [InlineData("pareto-nbd", LifetimeModelKind.ParetoNbd)]
    [InlineData("bg-bb", LifetimeModelKind.BgBb)]
    [InlineData("gamma-gamma", LifetimeModelKind.GammaGamma)]
    [InlineData("shifted-beta-geometric", LifetimeModelKind.ShiftedBetaGeometric)]
    public void Kinds_NameAndParse_AreInverse(string name, LifetimeModelKind kind)
    {
        Assert.Equal(kind, LifetimeModelKinds.Parse(name));
        Assert.Equal(name, kind.Name());
    }

    [Fact]
    public void Kinds_ParseOfAWrongName_NamesTheNearOnes()
    {
        var fault = Assert.Throws<WrongCommandException>(() => LifetimeModelKinds.Parse("bgnbd"));

        Assert.Contains("\"bg-nbd\"", fault.Message, StringComparison.Ordinal);
    }
}
