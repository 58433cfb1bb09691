using System.CommandLine;
using Microsoft.AspNetCore.Http;
using Warehouse.Service.Access;

namespace Warehouse.Service.Api;

/// <summary>
/// A verb as a route: <c>segment preview</c> is <c>/api/v1/segment/preview</c>, and its arguments and options are the parameters of
/// the request, by their names. What the command line says, the route says.
/// </summary>
/// <param name="Method">GET where it reads, POST where it changes something or takes files.</param>
/// <param name="Path">Where it is.</param>
/// <param name="Rule">Who may.</param>
/// <param name="Right">Which right this way of asking needs.</param>
/// <param name="Command">The verb.</param>
/// <param name="Parameters">What can be said.</param>
internal sealed record VerbRoute(
    string Method, string Path, VerbRule Rule, Right Right, Command Command, IReadOnlyList<VerbParameter> Parameters)
{
    public const string Root = "/api/v1";

    private static readonly string[] OfTheMachine = ["workspace", "out", "role", "verbose", "format", "help"];

    /// <summary>The forms in which it answers; words alone where the verb has no other.</summary>
    public IReadOnlyList<AnswerForm> Forms { get; } = AnswerForm.Of(Command);

    /// <summary>Whether asking it changes something.</summary>
    public bool Changes => Rule.Changes && Method == "POST";

    /// <summary>Whether the answer to a request can be kept and known again: it depends on nothing but the workspace and the address.</summary>
    public bool IsKept(HttpRequest request) =>
        Method == "GET" && !Rule.IsOfAPerson && Rule.Lasts != Lasting.Moment && !Rule.OfTheMoment.Any(request.Query.ContainsKey);

    /// <summary>The name of its operation: segmentPreview, or queryByPost where the verb can be asked by GET, too.</summary>
    public string Operation => string.Concat(Rule.Verb.Split(' ').Select((word, place) => place == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]))
        + (Method == "POST" && IsReadByGet(Rule) ? "ByPost" : "");

    /// <summary>The routes of all verbs that have a rule.</summary>
    public static IReadOnlyList<VerbRoute> All(RootCommand verbs)
    {
        var commands = Leaves(verbs.Subcommands, "").ToDictionary(leaf => leaf.Verb, leaf => leaf.Command, StringComparer.Ordinal);
        return [.. VerbRule.All.SelectMany(rule => Of(rule, commands[rule.Verb]))];
    }

    /// <summary>Every verb that does something, by its words.</summary>
    public static IEnumerable<(string Verb, Command Command)> Leaves(IEnumerable<Command> commands, string before) =>
        commands.SelectMany(command => (command.Action is null ? [] : new[] { (before + command.Name, command) })
            .Concat(Leaves(command.Subcommands, before + command.Name + " ")));

    private static bool IsReadByGet(VerbRule rule) => !rule.Changes || rule.IsReadWithout.Count > 0;

    private static IEnumerable<VerbRoute> Of(VerbRule rule, Command command)
    {
        var path = $"{Root}/{rule.Verb.Replace(' ', '/')}";
        VerbParameter[] all = [.. VerbParameter.Of(command).Where(parameter => !OfTheMachine.Contains(parameter.Name) && !rule.Withheld.Contains(parameter.Name))];
        var said = all.Where(parameter => !parameter.IsFile).ToArray();
        var sent = all.Where(parameter => parameter.IsFile && rule.Uploads.Contains(parameter.Name));
        if (IsReadByGet(rule))
        {
            yield return new VerbRoute("GET", path, rule, rule.Changes ? Right.Analyse : rule.Right, command, [.. said.Where(parameter => !rule.IsReadWithout.Contains(parameter.Name))]);
        }

        if (rule.Changes || rule.Uploads.Count > 0)
        {
            yield return new VerbRoute("POST", path, rule, rule.Right, command, [.. said, .. sent]);
        }
    }
}
