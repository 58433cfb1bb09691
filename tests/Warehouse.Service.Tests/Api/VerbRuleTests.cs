using Warehouse.Service.Api;
using Warehouse.Verbs;

namespace Warehouse.Service.Tests.Api;

public class VerbRuleTests
{
    /// <summary>What is of one machine or of no workspace, or writes a file where the caller says.</summary>
    private static readonly string[] AtTheMachineAlone = ["init", "lifetime fit", "export rebuild", "restore"];

    private static readonly VerbCatalogue Verbs = new(TimeProvider.System);

    [Fact]
    public void EveryVerb_HasARule_OrIsOfTheMachineAlone()
    {
        var verbs = VerbRoute.Leaves(VerbTree.Create(TimeProvider.System), "").Select(leaf => leaf.Verb);

        Assert.Equal(verbs.Order(StringComparer.Ordinal), VerbRule.All.Select(rule => rule.Verb).Concat(AtTheMachineAlone).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void EveryNameOfARule_IsAnOptionOfItsVerb()
    {
        var commands = VerbRoute.Leaves(Verbs.Root.Subcommands, "").ToDictionary(leaf => leaf.Verb, leaf => leaf.Command, StringComparer.Ordinal);
        foreach (var rule in VerbRule.All)
        {
            var options = commands[rule.Verb].Options.Select(option => option.Name.TrimStart('-')).ToArray();
            Assert.All(
                [.. rule.Uploads, .. rule.IsReadWithout, .. rule.ForStewards, .. rule.Withheld],
                name => Assert.True(options.Contains(name), $"{rule.Verb} has no option {name}; it has {string.Join(", ", options)}"));
        }
    }

    [Fact]
    public void NoRoute_TakesTheNameOfAFileOfTheServer()
    {
        Assert.All(Verbs.Routes, route => Assert.DoesNotContain(route.Parameters, parameter => parameter.IsFile && !route.Rule.Uploads.Contains(parameter.Name)));
        Assert.All(Verbs.Routes, route => Assert.DoesNotContain(route.Parameters, parameter => parameter.Name is "workspace" or "out" or "role"));
    }

    [Fact]
    public void EveryRoute_IsAskedOneWay_AndHasANameOfItsOwn()
    {
        Assert.Equal(Verbs.Routes.Count, Verbs.Routes.Select(route => (route.Method, route.Path)).Distinct().Count());
        Assert.Equal(Verbs.Routes.Count, Verbs.Routes.Select(route => route.Operation).Distinct(StringComparer.Ordinal).Count());
        Assert.All(Verbs.Routes, route => Assert.False(route.Method == "GET" && route.Changes));
    }
}
