using System.Text;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using SocialRegistry.Http;

namespace SocialRegistry.Host.Tests.Server;

/// <summary>A role as the program gives it out.</summary>
internal sealed record RoleLine(string Name, string Kind, string Title, IReadOnlySet<string> Permissions);

/// <summary>Writes <c>docs/access.md</c> from a running program.</summary>
/// <param name="ports">By gRPC method, the permission that its port asks for; empty when it asks for none.</param>
internal sealed class AccessPage(
    IReadOnlyList<RoleLine> roles,
    EndpointDataSource source,
    IReadOnlyDictionary<string, string> ports
)
{
    private const string Yes = "●";

    private static readonly char[] WordEnds = ['-', ' '];

    private readonly StringBuilder text = new();

    public string Write()
    {
        text.Append(
            """
            # Who may do what

            Written by the test `AccessPageTests` from the running program, and compared with it in every run. After a change of routes,
            permissions or starting roles write it anew, and read the difference:

            ```
            SOCIALREGISTRY_WRITE_DOCS=1 dotnet test tests/SocialRegistry.Host.Tests --filter FullyQualifiedName~AccessPageTests
            ```

            A permission opens a route. What the caller then sees is narrowed further: a person to her own record, everybody to the areas,
            population and fields of roles or partner (a record outside does not exist for the caller). Roles are the deployment's own: these
            are the ones it begins with. A partner has scopes of its own in place of a role.


            """
        );
        Roles();
        Routes();
        Open();
        Ports();
        return text.ToString().ReplaceLineEndings("\n");
    }

    private void Roles()
    {
        text.Append("## Starting roles\n\n| Mark | Role | Held by | Permissions |\n|---|---|---|---|\n");
        foreach (var role in roles)
        {
            var permissions = string.Join(", ", role.Permissions.Order(StringComparer.Ordinal).Select(p => $"`{p}`"));
            text.Append($"| {Mark(role)} | `{role.Name}`: {role.Title} | {role.Kind} | {permissions} |\n");
        }
    }

    private void Routes()
    {
        text.Append(
            """

            ## Routes

            By capability. `signed-in` is anybody with a session or token; such a route concerns the caller alone, or no person at all.

            """
        );
        var lines = RouteWalk
            .Routes(source)
            .Where(r =>
                !RouteWalk.IsOpen(r)
                && r.Metadata.GetMetadata<GrpcMethodMetadata>() is null
                && RouteWalk.Named(r).Count > 0
            )
            .SelectMany(r =>
                RouteWalk
                    .Methods(r)
                    .Select(method =>
                        (Tag: TagOf(r), Method: method, Pattern: RouteWalk.Pattern(r), Named: RouteWalk.Named(r))
                    )
            )
            .DistinctBy(l => (l.Method, l.Pattern))
            .GroupBy(l => l.Tag)
            .OrderBy(g => g.Key, StringComparer.Ordinal);
        foreach (var capability in lines)
        {
            text.Append(
                $"\n### {capability.Key}\n\n| Method | Path | Permission | {string.Join(" | ", roles.Select(Mark))} |\n"
            );
            text.Append($"|---|---|---|{string.Concat(roles.Select(_ => ":-:|"))}\n");
            foreach (
                var line in capability
                    .OrderBy(l => l.Pattern, StringComparer.Ordinal)
                    .ThenBy(l => l.Method, StringComparer.Ordinal)
            )
            {
                var cells = roles.Select(role =>
                    line.Named.All(p => p == Policies.SignedIn || role.Permissions.Contains(p)) ? Yes : " "
                );
                text.Append(
                    $"| {line.Method} | `{line.Pattern}` | {string.Join(", ", line.Named.Select(p => $"`{p}`"))} | {string.Join(" | ", cells)} |\n"
                );
            }
        }
    }

    private void Open()
    {
        text.Append("\n## Routes open to everybody\n\n| Method | Path | Why |\n|---|---|---|\n");
        var lines = RouteWalk
            .Routes(source)
            .Where(RouteWalk.IsOpen)
            .SelectMany(r =>
                RouteWalk
                    .Methods(r)
                    .Select(method => (Method: method, Pattern: RouteWalk.Pattern(r), Why: RouteWalk.OpenBecause(r)))
            )
            .Distinct()
            .OrderBy(l => l.Pattern, StringComparer.Ordinal)
            .ThenBy(l => l.Method, StringComparer.Ordinal);
        foreach (var (method, pattern, why) in lines)
        {
            text.Append($"| {method} | `{pattern}` | {why} |\n");
        }

        text.Append(
            """

            The pages in `wwwroot` and the OpenAPI document with its page are files and no routes; they hold no data.

            """
        );
    }

    private void Ports()
    {
        text.Append(
            """

            ## gRPC

            Every method needs a caller token, signed with the deployment's internal key; the token holds the caller with its permissions, and
            the port asks for the one below, as it does in process. The listener is not for the outside. `—`: the port asks for none.

            | Service | Method | Permission |
            |---|---|---|

            """
        );
        foreach (var (method, permission) in ports.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            var names = method.Split('/');
            text.Append($"| {names[0]} | {names[1]} | {(permission.Length == 0 ? "—" : $"`{permission}`")} |\n");
        }
    }

    private static string TagOf(RouteEndpoint route) =>
        route.Metadata.GetMetadata<ITagsMetadata>()?.Tags is [var tag, ..] ? tag : "Other";

    /// <summary>Initials of several words, the beginning of one.</summary>
    private static string Mark(RoleLine role) =>
        role.Name.Split(WordEnds) is { Length: > 1 } words
            ? string.Concat(words.Select(w => w[0]))
            : role.Name[..Math.Min(3, role.Name.Length)];
}
