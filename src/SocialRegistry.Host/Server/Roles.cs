using SocialRegistry.Host.Commands;

namespace SocialRegistry.Host.Server;

/// <summary>
/// What this process runs (<c>Roles</c>: names separated by commas; all when absent). A process without <c>core</c> reaches the core
/// of another over gRPC at <c>Core:Url</c>.
/// </summary>
internal sealed record Roles
{
    private static readonly string[] Known = ["core", "api", "standards", "exchange", "credentials"];

    private readonly HashSet<string> names;

    private Roles(HashSet<string> names) => this.names = names;

    public bool Core => names.Contains("core");

    public bool Api => names.Contains("api");

    public bool Standards => names.Contains("standards");

    public bool Exchange => names.Contains("exchange");

    public bool Credentials => names.Contains("credentials");

    /// <exception cref="OperatorException">An unknown role.</exception>
    public static Roles From(IConfiguration configuration)
    {
        var text = configuration["Roles"];
        if (string.IsNullOrWhiteSpace(text))
        {
            return new Roles([.. Known]);
        }

        var names = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToHashSet();
        return names.Except(Known).ToList() is [var unknown, ..]
            ? throw new OperatorException($"Roles: '{unknown}' is unknown. Choose from {string.Join(", ", Known)}.")
            : new Roles(names);
    }

    /// <summary>Where the core runs when it does not run here.</summary>
    /// <exception cref="OperatorException">Not set or not an address.</exception>
    public static Uri CoreAddress(IConfiguration configuration) =>
        Uri.TryCreate(configuration["Core:Url"], UriKind.Absolute, out var address)
            ? address
            : throw new OperatorException(
                "A process without the role 'core' needs Core:Url, the gRPC address of the core, such as http://127.0.0.1:5081."
            );
}
