using System.Net.Http.Json;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Contracts;
using SocialRegistry.Testing;

namespace SocialRegistry.Host.Tests.Server;

/// <summary><c>docs/access.md</c> says what the program does.</summary>
public sealed class AccessPageTests
{
    private const string Package = "socialregistry.v1.";

    [Fact]
    public async Task The_committed_page_is_the_one_that_the_program_gives()
    {
        await using var registry = await RunningRegistry.StartAsync();
        var source = registry.App.Services.GetRequiredService<EndpointDataSource>();
        var page = new AccessPage(
            await RolesAsync(registry),
            source,
            await PortsAsync(registry.App.Services, source)
        ).Write();
        var file = Path.Combine(Specs.Root, "docs", "access.md");
        if (Environment.GetEnvironmentVariable("SOCIALREGISTRY_WRITE_DOCS") == "1")
        {
            await File.WriteAllTextAsync(file, page);
        }

        Assert.True(
            page == await File.ReadAllTextAsync(file),
            "docs/access.md is not what the program does now. Set SOCIALREGISTRY_WRITE_DOCS=1, run this test again, and read the difference."
        );
    }

    private static async Task<IReadOnlyList<RoleLine>> RolesAsync(RunningRegistry registry)
    {
        using var administrator = await registry.SignedInAsync();
        var answer = (await administrator.GetFromJsonAsync<JsonObject>("/api/v1/roles"))!;
        var roles = answer["items"]!
            .AsArray()
            .Select(role => new RoleLine(
                (string)role!["name"]!,
                (string)role["kind"]!,
                (string)role["title"]!,
                role["permissions"]!.AsArray().Select(p => (string)p!).ToHashSet()
            ))
            .OrderBy(r => r.Name, StringComparer.Ordinal)
            .ToList();
        Assert.Equal(14, roles.Count);
        return roles;
    }

    /// <summary>What the ports behind the gRPC methods ask for: each is called by somebody without any permission, and its refusal names the one.</summary>
    private static async Task<IReadOnlyDictionary<string, string>> PortsAsync(
        IServiceProvider services,
        EndpointDataSource source
    )
    {
        var permissions = new Dictionary<string, string>();
        foreach (
            var method in RouteWalk
                .Routes(source)
                .Select(r => r.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method)
                .Where(m => m?.ServiceName.StartsWith(Package, StringComparison.Ordinal) == true)
        )
        {
            var service = method!.ServiceName[Package.Length..];
            var port = typeof(Caller).Assembly.GetType("SocialRegistry.Contracts.I" + service);
            var call =
                port?.GetMethod(method.Name + "Async")
                ?? port?.GetMethod(method.Name.Replace("Get", "").Replace("List", "") + "Async")
                ?? (method.Name == "GetVersion" ? port?.GetMethod(nameof(ICatalogueChanges.AtAsync)) : null);
            permissions.TryAdd(
                service + "/" + method.Name,
                call is null
                    ? throw new InvalidOperationException($"No port answers {method.FullName}.")
                    : await RefusalAsync(services.GetRequiredService(port!), call)
            );
        }

        return permissions;
    }

    private static async Task<string> RefusalAsync(object port, MethodInfo call)
    {
        var nobody = Caller.System("nobody", "api") with
        {
            Kind = CallerKind.Staff,
            Permissions = new HashSet<string>(),
        };
        object? Argument(Type type) =>
            type == typeof(Caller) ? nobody
            : type == typeof(string) ? "x"
            : type == typeof(Stream) ? Stream.Null
            : type == typeof(SearchRequest) ? new SearchRequest { Query = new AndQuery([]) }
            : type.IsValueType ? Activator.CreateInstance(type)
            : type.IsInterface ? Array.CreateInstance(type.GetGenericArguments()[0], 0)
            : RuntimeHelpers.GetUninitializedObject(type);
        var task = (Task)call.Invoke(port, [.. call.GetParameters().Select(p => Argument(p.ParameterType))])!;
        await task;
        var result = task.GetType().GetProperty(nameof(Task<>.Result))!.GetValue(task);
        return
            result?.GetType().GetProperty(nameof(Outcome<>.Problem))?.GetValue(result)
                is Problem { Code: "access.forbidden" } refusal
            ? Permissions.All.Single(p => refusal.Detail.Contains($" {p}.", StringComparison.Ordinal))
            : "";
    }
}
