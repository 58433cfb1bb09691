namespace Warehouse.Campaigns.Measurement;

/// <summary>What an arm changed in an outcome, against the control, for each customer assigned to it.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="Customers">Customers of the arm.</param>
/// <param name="ControlCustomers">Customers of the control.</param>
/// <param name="Mean">The arm's mean; a rate where the outcome is 0 or 1.</param>
/// <param name="ControlMean">The control's mean.</param>
/// <param name="Difference">The first less the second.</param>
/// <param name="Lift">The difference as a share of the control's mean; null where that is 0.</param>
/// <param name="StandardError">Of the difference.</param>
/// <param name="Low">Lower end of the 95 % interval by Welch's t.</param>
/// <param name="High">Upper end.</param>
/// <param name="P">Two-sided, of this comparison alone.</param>
/// <param name="AdjustedP">Corrected by Holm for all comparisons of the experiment.</param>
/// <param name="Bootstrap">The 95 % interval by the studentized bootstrap, which holds where tails are heavy; null where almost nobody has anything.</param>
/// <param name="AlwaysValid">The 95 % interval that may be looked at again and again.</param>
/// <param name="MinimumDetectable">The smallest true difference that this experiment sees in 80 of 100 cases.</param>
/// <param name="Claim">Whether it may be said that the arm changed the outcome, and in which words.</param>
public sealed record Effect(
    string Arm,
    string Outcome,
    int Customers,
    int ControlCustomers,
    double Mean,
    double ControlMean,
    double Difference,
    double? Lift,
    double StandardError,
    double Low,
    double High,
    double P,
    double AdjustedP,
    Interval? Bootstrap,
    Interval AlwaysValid,
    double MinimumDetectable,
    Claim Claim);
