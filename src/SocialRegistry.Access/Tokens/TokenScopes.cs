namespace SocialRegistry.Access.Tokens;

/// <summary>The <c>scope</c> parameter (RFC 6749 §3.3). DCI texts write one scope as <c>registry.search</c>, <c>registry/search</c> or <c>registry:search</c>; all are taken.</summary>
internal static class TokenScopes
{
    private const int MaxScopes = 100;

    /// <summary>The scopes asked for in our own spelling, all when none is named, or <c>null</c> when one is unknown or not granted.</summary>
    public static IReadOnlyList<string>? Grant(string? asked, IReadOnlyCollection<string> granted)
    {
        if (asked is null)
        {
            return [.. granted.Order(StringComparer.Ordinal)];
        }

        var names = asked.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (names.Length is 0 or > MaxScopes)
        {
            return null;
        }

        var scopes = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (granted.FirstOrDefault(scope => scope == name || Plain(scope) == Plain(name)) is not { } scope)
            {
                return null;
            }

            scopes.Add(scope);
        }

        return [.. scopes];
    }

    private static string Plain(string scope) => scope.Replace('/', '.').Replace(':', '.');
}
