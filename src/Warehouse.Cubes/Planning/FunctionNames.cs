using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Sql;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Planning;

/// <summary>Looks functions up and says which names would have been right.</summary>
internal static class FunctionNames
{
    public static ScalarFunction Scalar(Call call, ExpressionSource source)
    {
        if (!ScalarFunctions.ByName.TryGetValue(call.Function, out var function))
        {
            throw source.Fault(call, $"There is no function \"{call.Function}\" here. {NearNames.Hint(call.Function, ScalarFunctions.ByName.Keys, "functions")}");
        }

        var count = call.Arguments.Count;
        if (count < function.Least || count > function.Most)
        {
            var expected = function.Least == function.Most
                ? FormattableString.Invariant($"{function.Least}")
                : FormattableString.Invariant($"{function.Least} to {function.Most}");
            throw source.Fault(call, FormattableString.Invariant($"{call.Function} takes {expected} arguments, and here are {count}."));
        }

        return function;
    }

    /// <summary>To how many places is rounded: the engine has to know it before it knows any value.</summary>
    public static SqlExpression Places(Expression places, ExpressionSource source) => places is Literal { Value: long and >= -38 and <= 38 and var count }
        ? SqlKeyword.Number((int)count)
        : throw source.Fault(places, $"Expected a whole number of places from -38 to 38, and here is {places}.");
}
