using SocialRegistry.Registry.Fields;

namespace SocialRegistry.Registry.Registrants;

/// <summary>The rule for reasons: they stand in the history, in one line.</summary>
internal static class Reasons
{
    public static void Check(string reason, ValueValidator problems)
    {
        if (reason.Length > ValueLimits.MaxReasonLength)
        {
            problems.Add("reason", "length", $"A reason has at most {ValueLimits.MaxReasonLength} characters.");
        }

        if (reason.Any(char.IsControl))
        {
            problems.Add("reason", "characters", "A reason is one line of text without control characters.");
        }
    }

    /// <summary>A reason that must be given.</summary>
    public static void CheckGiven(string? reason, ValueValidator problems)
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            problems.Add("reason", "required", $"Say why, in 1 to {ValueLimits.MaxReasonLength} characters.");
        }
        else
        {
            Check(reason, problems);
        }
    }
}
