namespace Warehouse.Definitions;

/// <summary>A definition cannot be used. All its faults are listed together, in the order of the text.</summary>
public sealed class DefinitionException : UserFaultException
{
    /// <summary>Makes the exception of at least one fault.</summary>
    public DefinitionException(IEnumerable<DefinitionFault> faults)
        : this(InOrder(faults))
    {
    }

    private DefinitionException(DefinitionFault[] faults)
        : base(string.Join(Environment.NewLine, faults.Select(fault => fault.ToString()))) => Faults = faults;

    /// <summary>The faults, by file, line and column.</summary>
    public IReadOnlyList<DefinitionFault> Faults { get; }

    private static DefinitionFault[] InOrder(IEnumerable<DefinitionFault> faults) =>
        [.. faults.OrderBy(fault => fault.File, StringComparer.Ordinal).ThenBy(fault => fault.Line).ThenBy(fault => fault.Column)];
}
