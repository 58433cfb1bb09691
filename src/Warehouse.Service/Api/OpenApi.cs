using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Warehouse.Service.Access;
using Warehouse.Service.Api.Paging;
using Warehouse.Service.Api.Writes;

namespace Warehouse.Service.Api;

/// <summary>The description of the routes at <c>/openapi/v1.json</c>, made of the verbs' own words.</summary>
internal static class OpenApi
{
    private const string Key = "key";

    public static void AddOpenApiOfVerbs(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Warehouse",
                Version = "v1",
                Description = "Every verb of the command line is a route, and its arguments and options are the parameters. Tables are "
                    + "{generation, asOf, definition, columns, rows}; by Accept or ?format= they come as JSON, NDJSON, CSV, Arrow, Parquet, XLSX, HTML or text.",
            };
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
            {
                [Key] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A key of 'warehouse user key NAME', or a token of the issuer." },
            };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<VerbRoute>().FirstOrDefault() is { } route)
            {
                Describe(operation, route, context.Document!);
            }

            return Task.CompletedTask;
        });
    });

    public static void MapOpenApiOfVerbs(this IEndpointRouteBuilder routes) => routes.MapOpenApi("/openapi/{documentName}.json");

    private static void Describe(OpenApiOperation operation, VerbRoute route, OpenApiDocument document)
    {
        operation.Summary = route.Command.Description;
        operation.Description = $"As 'warehouse {route.Rule.Verb}'. Needs the right to {RightWords.Of(route.Right)}.";
        operation.Parameters = route.Method == "GET" ? [.. route.Parameters.Select(Parameter), .. OfTheService(route)] : [.. OfTheService(route)];
        operation.RequestBody = route.Method == "POST" ? Body(route) : null;
        operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Key, document)] = [] }];
        operation.Responses = new OpenApiResponses
        {
            ["200"] = new OpenApiResponse
            {
                Description = "The answer.",
                Content = route.Forms.ToDictionary(form => form.MediaType, _ => new OpenApiMediaType(), StringComparer.Ordinal),
            },
            ["default"] = new OpenApiResponse
            {
                Description = "A problem: code, what was found, what was expected, where, and near names.",
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { ["application/problem+json"] = new OpenApiMediaType() },
            },
        };
    }

    private static OpenApiParameter Parameter(VerbParameter parameter) => new()
    {
        Name = parameter.Name,
        In = ParameterLocation.Query,
        Description = parameter.Symbol.Description,
        Required = parameter.IsRequired,
        Schema = Schema(parameter),
        Example = Examples.Of(parameter.Name) is { } example ? JsonValue.Create(example) : null,
    };

    private static IEnumerable<OpenApiParameter> OfTheService(VerbRoute route) => route.Changes
        ? [.. FormatOf(route), Said(KeptWrites.Header, ParameterLocation.Header, JsonSchemaType.String, "A text that names this write: asked again with the same, it is told what came of it, and nothing is done twice. Kept for a day.")]
        : route.Forms is [{ Name: not "words" }, ..]
            ?
            [
                .. FormatOf(route),
                Said(PageRequest.SizeParameter, ParameterLocation.Query, JsonSchemaType.Integer, "At most so many rows; the links of the answer lead to the others."),
                Said(PageRequest.CursorParameter, ParameterLocation.Query, JsonSchemaType.String, "The page that a link names; gone when the data or the definitions are others."),
            ]
            : [];

    private static OpenApiParameter Said(string name, ParameterLocation place, JsonSchemaType type, string description) =>
        new() { Name = name, In = place, Description = description, Schema = new OpenApiSchema { Type = type } };

    private static IEnumerable<OpenApiParameter> FormatOf(VerbRoute route)
    {
        var forms = route.Forms;
        if (forms is not [{ Name: not "words" }, ..])
        {
            yield break;
        }

        yield return new OpenApiParameter
        {
            Name = "format",
            In = ParameterLocation.Query,
            Description = "The form of the answer, in place of what Accept says.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. forms.Select(form => (JsonNode)form.Name)] },
        };
    }

    private static OpenApiRequestBody Body(VerbRoute route)
    {
        var schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Properties = route.Parameters.ToDictionary(parameter => parameter.Name, parameter => (IOpenApiSchema)Schema(parameter), StringComparer.Ordinal),
            Required = route.Parameters.Where(parameter => parameter.IsRequired).Select(parameter => parameter.Name).ToHashSet(StringComparer.Ordinal),
        };
        var types = route.Parameters.Any(parameter => parameter.IsFile) ? new[] { "multipart/form-data", "application/json" } : ["application/json"];
        return new OpenApiRequestBody
        {
            Content = types.ToDictionary(type => type, _ => new OpenApiMediaType { Schema = schema }, StringComparer.Ordinal),
        };
    }

    private static OpenApiSchema Schema(VerbParameter parameter)
    {
        var one = new OpenApiSchema { Description = parameter.Symbol.Description, Type = JsonSchemaType.String };
        if (parameter.IsFile)
        {
            one.Format = "binary";
        }
        else if (parameter.IsFlag)
        {
            one.Type = JsonSchemaType.Boolean;
        }
        else if (parameter.ValueType == typeof(int) || parameter.ValueType == typeof(long))
        {
            one.Type = JsonSchemaType.Integer;
        }
        else if (parameter.ValueType == typeof(double) || parameter.ValueType == typeof(decimal))
        {
            one.Type = JsonSchemaType.Number;
        }
        else if (parameter.Choices is { Count: > 0 } choices)
        {
            one.Enum = [.. choices.Select(choice => (JsonNode)choice)];
        }

        return parameter.IsMany ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = one } : one;
    }
}
