namespace Warehouse.Definitions;

/// <summary>What was asked names something that does not exist, or makes no sense.</summary>
public class WrongCommandException(string message, Exception? innerException = null)
    : UserFaultException(message, innerException)
{
    /// <inheritdoc/>
    public override bool IsWrongCommand => true;
}
