using System.Text.RegularExpressions;

namespace SocialRegistry.JsonSchema;

/// <summary>
/// URI references and their resolution (RFC 3986 §5.2), by the letter: nothing is normalised beyond what the clause says, so that
/// <c>urn:</c>, <c>tag:</c> and relative bases work alike.
/// </summary>
internal readonly partial record struct UriReference(
    string? Scheme,
    string? Authority,
    string Path,
    string? Query,
    string? Fragment
)
{
    public static UriReference Parse(string text)
    {
        var match = Parts().Match(text);
        return new(
            Value(match.Groups[1]),
            Value(match.Groups[2]),
            match.Groups[3].Value,
            Value(match.Groups[4]),
            Value(match.Groups[5])
        );
    }

    /// <summary>The reference as it is meant where <paramref name="baseUri" /> is the base.</summary>
    public static UriReference Resolve(string baseUri, string reference)
    {
        var r = Parse(reference);
        if (r.Scheme is not null)
        {
            return r with { Path = WithoutDots(r.Path) };
        }

        var b = Parse(baseUri);
        if (r.Authority is not null)
        {
            return r with { Scheme = b.Scheme, Path = WithoutDots(r.Path) };
        }

        if (r.Path.Length == 0)
        {
            return b with { Query = r.Query ?? b.Query, Fragment = r.Fragment };
        }

        var path =
            r.Path[0] == '/' ? r.Path
            : b.Authority is not null && b.Path.Length == 0 ? "/" + r.Path
            : b.Path[..(b.Path.LastIndexOf('/') + 1)] + r.Path;
        return r with { Scheme = b.Scheme, Authority = b.Authority, Path = WithoutDots(path) };
    }

    public static string WithoutFragment(string uri)
    {
        var hash = uri.IndexOf('#', StringComparison.Ordinal);
        return hash < 0 ? uri : uri[..hash];
    }

    /// <summary>The URI that names the resource: without the fragment.</summary>
    public string Resource =>
        (Scheme is null ? "" : Scheme + ":")
        + (Authority is null ? "" : "//" + Authority)
        + Path
        + (Query is null ? "" : "?" + Query);

    private static string? Value(Group group) => group.Success ? group.Value : null;

    private static string WithoutDots(string path)
    {
        if (!path.Contains("./", StringComparison.Ordinal) && !path.EndsWith('.'))
        {
            return path;
        }

        var rooted = path.StartsWith('/');
        var segments = path.Split('/');
        var kept = new List<string>();
        for (var i = 0; i < segments.Length; i++)
        {
            var last = i == segments.Length - 1;
            if (segments[i] is "." or "..")
            {
                if (segments[i] == ".." && kept.Count > (rooted ? 1 : 0))
                {
                    kept.RemoveAt(kept.Count - 1);
                }

                if (last)
                {
                    kept.Add("");
                }
            }
            else
            {
                kept.Add(segments[i]);
            }
        }

        return string.Join('/', kept);
    }

    [GeneratedRegex(
        @"^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?\z",
        RegexOptions.Singleline | RegexOptions.CultureInvariant
    )]
    private static partial Regex Parts();
}
