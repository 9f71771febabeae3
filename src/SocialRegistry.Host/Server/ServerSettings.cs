namespace SocialRegistry.Host.Server;

/// <summary>How one server is to run.</summary>
internal sealed record ServerSettings
{
    /// <summary>Addresses separated by ';'; absent takes <c>ASPNETCORE_URLS</c>, then <c>http://localhost:5080</c>.</summary>
    public string? Urls { get; init; }

    /// <summary>Bootstrap file; absent takes <c>Bootstrap:File</c>.</summary>
    public string? Bootstrap { get; init; }

    /// <summary>Settings that win over environment and files.</summary>
    public IReadOnlyDictionary<string, string?> Overrides { get; init; } = new Dictionary<string, string?>();

    /// <summary>True for <c>demo</c>: keys may stand without a passphrase.</summary>
    public bool Demo { get; init; }

    /// <summary>True when only the routes are wanted (OpenAPI): nothing listens.</summary>
    public bool RoutesOnly { get; init; }
}
