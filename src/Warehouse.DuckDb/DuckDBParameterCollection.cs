using System.Collections;
using System.Data.Common;

namespace Warehouse.DuckDb;

/// <summary>The values of a command: either all of them named or all of them positional.</summary>
public sealed class DuckDBParameterCollection : DbParameterCollection, IReadOnlyList<DuckDBParameter>
{
    private readonly List<DuckDBParameter> _parameters = [];

    internal DuckDBParameterCollection()
    {
    }

    /// <inheritdoc cref="DbParameterCollection.Count"/>
    public override int Count => _parameters.Count;

    /// <inheritdoc/>
    public override object SyncRoot => ((ICollection)_parameters).SyncRoot;

    /// <summary>The parameter at an index, from 0.</summary>
    public new DuckDBParameter this[int index]
    {
        get => _parameters[index];
        set => _parameters[index] = value;
    }

    /// <summary>The parameter of a name.</summary>
    public new DuckDBParameter this[string parameterName]
    {
        get => (DuckDBParameter)GetParameter(parameterName);
        set => SetParameter(parameterName, value);
    }

    /// <summary>Adds a parameter and returns it.</summary>
    public DuckDBParameter Add(DuckDBParameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        _parameters.Add(parameter);
        return parameter;
    }

    /// <summary>Adds a value for <c>$name</c>.</summary>
    public DuckDBParameter AddWithValue(string parameterName, object? value) => Add(new DuckDBParameter(parameterName, value));

    /// <summary>Adds a parameter, or a positional value, and returns its index.</summary>
    public override int Add(object value)
    {
        Add(value as DuckDBParameter ?? new DuckDBParameter(value));
        return _parameters.Count - 1;
    }

    /// <inheritdoc/>
    public override void AddRange(Array values)
    {
        foreach (var value in values)
        {
            Add(value);
        }
    }

    /// <inheritdoc/>
    public override void Clear() => _parameters.Clear();

    /// <inheritdoc/>
    public override bool Contains(object value) => IndexOf(value) >= 0;

    /// <inheritdoc/>
    public override bool Contains(string value) => IndexOf(value) >= 0;

    /// <inheritdoc/>
    public override void CopyTo(Array array, int index) => ((ICollection)_parameters).CopyTo(array, index);

    /// <inheritdoc/>
    public override IEnumerator GetEnumerator() => _parameters.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator<DuckDBParameter> IEnumerable<DuckDBParameter>.GetEnumerator() => _parameters.GetEnumerator();

    /// <inheritdoc/>
    public override int IndexOf(object value) => value is DuckDBParameter parameter ? _parameters.IndexOf(parameter) : -1;

    /// <summary>The index of a named parameter, letter case and a leading <c>$</c> aside; -1 when there is none.</summary>
    public override int IndexOf(string parameterName)
    {
        var sought = new DuckDBParameter(parameterName, null).BareName;
        return _parameters.FindIndex(parameter => string.Equals(parameter.BareName, sought, StringComparison.OrdinalIgnoreCase));
    }

    /// <inheritdoc/>
    public override void Insert(int index, object value) => _parameters.Insert(index, Require(value));

    /// <inheritdoc/>
    public override void Remove(object value) => _parameters.Remove(Require(value));

    /// <inheritdoc/>
    public override void RemoveAt(int index) => _parameters.RemoveAt(index);

    /// <inheritdoc/>
    public override void RemoveAt(string parameterName) => _parameters.RemoveAt(RequireIndex(parameterName));

    /// <inheritdoc/>
    protected override DbParameter GetParameter(int index) => _parameters[index];

    /// <inheritdoc/>
    protected override DbParameter GetParameter(string parameterName) => _parameters[RequireIndex(parameterName)];

    /// <inheritdoc/>
    protected override void SetParameter(int index, DbParameter value) => _parameters[index] = Require(value);

    /// <inheritdoc/>
    protected override void SetParameter(string parameterName, DbParameter value) =>
        _parameters[RequireIndex(parameterName)] = Require(value);

    private static DuckDBParameter Require(object value) => value as DuckDBParameter
        ?? throw new ArgumentException($"A {nameof(DuckDBParameter)} is needed, not a {value?.GetType().Name ?? "null"}.");

    private int RequireIndex(string parameterName)
    {
        var index = IndexOf(parameterName);
        return index >= 0 ? index : throw new ArgumentException($"There is no parameter '{parameterName}'.{Hint(parameterName)}");
    }

    private string Hint(string name) => NearNames.Hint(name, _parameters.Select(parameter => parameter.ParameterName));
}
