using System.Globalization;
using System.Text.Json;

namespace SocialRegistry.Credentials.Verification;

/// <summary>The time in which a credential holds, with a minute of difference between clocks.</summary>
internal static class Dates
{
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);

    /// <summary>Checks <c>iat</c>, <c>nbf</c> (if there) and <c>exp</c>; ours always have the first and the last.</summary>
    public static bool CheckDates(this CheckList list, JsonElement payload, DateTimeOffset now)
    {
        if (
            !payload.TryMoment("iat", out var issuedAt)
            || !payload.TryMoment("exp", out var expiresAt)
            || (payload.Has("nbf") && !payload.TryMoment("nbf", out _))
        )
        {
            return list.Check(false, "dates", "", "The dates of issue and expiry are missing or no dates.");
        }

        var from = payload.TryMoment("nbf", out var notBefore) && notBefore > issuedAt ? notBefore : issuedAt;
        if (from - Skew > now)
        {
            return list.Check(false, "dates", "", $"It is not valid before {Text(from)}.");
        }

        return list.Check(
            expiresAt > now,
            "dates",
            $"Valid from {Text(from)} to {Text(expiresAt)}.",
            $"It expired at {Text(expiresAt)}."
        );
    }

    private static string Text(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
