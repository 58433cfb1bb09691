using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Warehouse.Definitions;
using Warehouse.Service.Access;
using Warehouse.Service.Api;
using Warehouse.Verbs.Output;

namespace Warehouse.Service.Agents;

/// <summary>
/// The verbs that only read as tools of the Model Context Protocol, as far as somebody may ask them: <c>cubes</c>, <c>query</c>,
/// <c>segment_preview</c>, <c>churn_explain</c>, … What would change something is no tool.
/// </summary>
/// <param name="verbs">The verbs.</param>
/// <param name="visitor">For whom the tools are.</param>
/// <param name="run">Runs the words of a command line for a caller, and gives its exit code.</param>
internal sealed class VerbTools(VerbCatalogue verbs, Visitor visitor, Func<IReadOnlyList<string>, TextWriter, TextWriter, CancellationToken, Task<int>> run)
{
    private const string Preamble =
        "A customer-analytics warehouse. Ask `cubes` what can be named, then `query`. Every answer says its generation, as-of date and definition; "
        + "say these with the numbers. Notes beside an answer are part of it.";

    private readonly Dictionary<string, VerbRoute> _tools = verbs.Routes
        .Where(route => route.Method == "GET" && visitor.May(route.Right))
        .ToDictionary(route => route.Rule.Verb.Replace(' ', '_'), StringComparer.Ordinal);

    /// <summary>What a server of these tools is started with.</summary>
    public McpServerOptions Options() => new()
    {
        ServerInfo = new Implementation { Name = "warehouse", Version = "1" },
        ServerInstructions = Preamble,
        Handlers = new McpServerHandlers
        {
            ListToolsHandler = (_, _) => ValueTask.FromResult(new ListToolsResult { Tools = [.. _tools.Select(tool => Describe(tool.Key, tool.Value))] }),
            CallToolHandler = async (call, stop) => await CallAsync(call.Params!.Name, call.Params.Arguments, stop),
        },
    };

    private static Tool Describe(string name, VerbRoute route) => new()
    {
        Name = name,
        Description = route.Command.Description,
        InputSchema = JsonSerializer.SerializeToElement(new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = new JsonObject([.. route.Parameters.Select(parameter => KeyValuePair.Create(parameter.Name, (JsonNode?)Schema(parameter)))]),
            ["required"] = new JsonArray([.. route.Parameters.Where(parameter => parameter.IsRequired).Select(parameter => (JsonNode)parameter.Name)]),
        }),
        Annotations = new ToolAnnotations { ReadOnlyHint = true, DestructiveHint = false, OpenWorldHint = false },
    };

    private static JsonObject Schema(VerbParameter parameter)
    {
        var schema = new JsonObject { ["type"] = parameter.IsFlag ? "boolean" : parameter.ValueType == typeof(int) || parameter.ValueType == typeof(long) ? "integer" : "string" };
        if (!parameter.IsFlag && parameter.Choices is { Count: > 0 } choices)
        {
            schema["enum"] = new JsonArray([.. choices.Select(choice => (JsonNode)choice)]);
        }

        var whole = parameter.IsMany ? new JsonObject { ["type"] = "array", ["items"] = schema } : schema;
        whole["description"] = parameter.Symbol.Description;
        return whole;
    }

    private async Task<CallToolResult> CallAsync(string name, IDictionary<string, JsonElement>? arguments, CancellationToken stop)
    {
        if (!_tools.TryGetValue(name, out var route))
        {
            throw new McpException($"There is no tool \"{name}\". {NearNames.Hint(name, _tools.Keys, "tools")}");
        }

        await using var output = new StringWriter(CultureInfo.InvariantCulture);
        await using var error = new StringWriter(CultureInfo.InvariantCulture);
        int code;
        try
        {
            var words = VerbWords.Of(route, arguments?.ToDictionary(said => said.Key, said => VerbWords.Values(said.Value), StringComparer.Ordinal) ?? [], AnswerForm.Json);
            code = await run(words, output, error, stop);
        }
        catch (UserFaultException fault)
        {
            return Said(fault.Message, isError: true);
        }

        var said = new StringBuilder(output.ToString().Trim());
        if (error.ToString().Trim() is { Length: > 0 } notes)
        {
            said.Append(said.Length > 0 ? "\n\n" : "").Append(notes);
        }

        return Said(said.ToString(), code is ExitCode.Impossible or ExitCode.WrongCommand);
    }

    private static CallToolResult Said(string text, bool isError) => new() { Content = [new TextContentBlock { Text = text }], IsError = isError };
}
