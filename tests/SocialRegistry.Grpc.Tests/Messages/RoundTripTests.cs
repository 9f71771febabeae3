using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Contracts;
using SocialRegistry.Grpc.Calls;
using SocialRegistry.Grpc.Client;
using SocialRegistry.Grpc.Tests.Support;

namespace SocialRegistry.Grpc.Tests.Messages;

/// <summary>Every member of every message survives the way there and back, those of tomorrow too: they are found by reflection.</summary>
public sealed class RoundTripTests : IAsyncLifetime
{
    private RecordedRegistry registry = null!;

    public static TheoryData<string> Calls => [.. RecordedRegistry.Methods.Select(Name)];

    public async ValueTask InitializeAsync() => registry = await RecordedRegistry.StartAsync();

    public ValueTask DisposeAsync() => registry.DisposeAsync();

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task What_is_asked_and_answered_arrives_whole(string name)
    {
        var method = Method(name);
        foreach (var amount in Enum.GetValues<Amount>())
        {
            for (var seed = 0; seed < 12; seed++)
            {
                await RoundTripAsync(method, new Filled(amount, seed));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_problem_arrives_whole(string name)
    {
        var method = Method(name);
        if (!IsOutcome(ResultOf(method)))
        {
            Assert.Contains(
                method.DeclaringType,
                (Type[])[typeof(IFieldCatalogue), typeof(IPartners), typeof(IRelationTypes)]
            );
            return;
        }

        foreach (var kind in Enum.GetValues<ProblemKind>())
        {
            var problem = (Problem)new Filled(Amount.Everything, 1).Make(typeof(Problem)) with { Kind = kind };
            registry.Answer = (called, _) => Task.FromResult<object?>(ToOutcome(ResultOf(called), problem));
            var answer = await registry.CallAsync(method, Arguments(method, new Filled(Amount.Everything, 0)));
            Assert.Equal(Shown.Of(problem), Shown.Of(answer!.GetType().GetProperty("Problem")!.GetValue(answer)));
        }
    }

    [Fact]
    public async Task Nobody_found_keeps_its_place()
    {
        var found = (RegistrantView)new Filled(Amount.Everything, 0).Make(typeof(RegistrantView));
        registry.Answer = (_, _) =>
            Task.FromResult<object?>(
                (Outcome<IReadOnlyList<RegistrantView?>>)new RegistrantView?[] { null, found, null }
            );
        var identifier = new Identifier("UIN", "1");

        var outcome = await registry
            .Role.GetRequiredService<IRegistrants>()
            .FindAsync(
                [identifier, identifier, identifier],
                ReadOptions.Default,
                RemoteCalls.Nobody,
                TestContext.Current.CancellationToken
            );

        Assert.Equal([false, true, false], outcome.Require().Select(r => r is not null));
    }

    [Fact]
    public async Task An_unknown_partner_is_null()
    {
        registry.Answer = (_, _) => Task.FromResult<object?>(null);
        var partners = registry.Role.GetRequiredService<IPartners>();
        Assert.Null(await partners.FindAsync("nobody", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Numbers_and_texts_of_JSON_stay_exact()
    {
        const string text = """{"a":1.10,"b":1e400,"c":"\ud83d\u00e9","d":12345678901234567890.0,  "e":[ ]}""";
        var value = System.Text.Json.JsonDocument.Parse(text).RootElement;
        string? arrived = null;
        registry.Answer = (_, arguments) =>
        {
            arrived = ((NewRegistrant)arguments[0]!).Values["x"].GetRawText();
            return Task.FromResult<object?>(
                (Outcome<RegistrantView>)(
                    (RegistrantView)new Filled(Amount.Least, 0).Make(typeof(RegistrantView)) with
                    {
                        Values = ((NewRegistrant)arguments[0]!).Values,
                    }
                )
            );
        };

        var answer = await registry
            .Role.GetRequiredService<IRegistrants>()
            .CreateAsync(
                new NewRegistrant
                {
                    Kind = "individual",
                    Values = new Dictionary<string, System.Text.Json.JsonElement> { ["x"] = value },
                },
                RemoteCalls.Nobody,
                TestContext.Current.CancellationToken
            );

        Assert.Equal(text, arrived);
        Assert.Equal(text, answer.Require().Values["x"].GetRawText());
    }

    [Fact]
    public void Every_port_of_the_contracts_travels() =>
        Assert.Equal(
            typeof(IRegistrants)
                .Assembly.GetExportedTypes()
                // A module's own log is read in its own process.
                .Where(t => t.IsInterface && t != typeof(IChainedLog))
                .Select(t => t.Name)
                .Order(),
            RecordedRegistry.Ports.Select(t => t.Name).Order()
        );

    [Fact]
    public void Every_value_of_an_enumeration_has_its_own_on_the_wire()
    {
        foreach (
            var (ours, wire) in new[]
            {
                (typeof(ProblemKind), typeof(V1.ProblemKind)),
                (typeof(FieldType), typeof(V1.FieldType)),
                (typeof(FieldClass), typeof(V1.FieldClass)),
                (typeof(FieldState), typeof(V1.FieldState)),
                (typeof(DatePrecision), typeof(V1.DatePrecision)),
                (typeof(SelfServiceRule), typeof(V1.SelfServiceRule)),
                (typeof(StatisticalUse), typeof(V1.StatisticalUse)),
                (typeof(FieldIndexState), typeof(V1.FieldIndexState)),
                (typeof(ImportAction), typeof(V1.ImportAction)),
                (typeof(ImportAction), typeof(V1.RelationshipAction)),
            }
        )
        {
            Assert.Equal(["Unspecified", .. Enum.GetNames(ours)], Enum.GetNames(wire));
        }

        Assert.All(Enum.GetValues<ProblemKind>(), kind => Assert.NotEqual(0, (int)kind.ToStatusCode()));
    }

    private async Task RoundTripAsync(MethodInfo method, Filled filled)
    {
        var arguments = Arguments(method, filled);
        var result = filled.Make(method.ReturnParameter.ParameterType.GetGenericArguments()[0]);
        if (IsOutcome(ResultOf(method)) && !(bool)result.GetType().GetProperty("Succeeded")!.GetValue(result)!)
        {
            result = filled.Make(ResultOf(method));
        }

        object?[]? received = null;
        registry.Answer = async (called, given) =>
        {
            Assert.Equal(method, called);
            received = await Task.WhenAll(given.Select(CopiedAsync));
            return result;
        };

        var answer = await registry.CallAsync(method, arguments);

        Assert.NotNull(received);
        Assert.Equal(Shown.Of(arguments[..^1]), Shown.Of(received[..^1]));
        Assert.Equal(Shown.Of(result), Shown.Of(answer));
    }

    /// <summary>A content is there only while the call lasts.</summary>
    private static async Task<object?> CopiedAsync(object? argument)
    {
        if (argument is not Stream stream)
        {
            return argument;
        }

        var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy;
    }

    private static object?[] Arguments(MethodInfo method, Filled filled) =>
        [
            .. method
                .GetParameters()
                .Select(p =>
                    p.ParameterType == typeof(CancellationToken)
                        ? TestContext.Current.CancellationToken
                        : filled.Make(p)
                ),
        ];

    private static object ToOutcome(Type outcome, Problem problem) =>
        outcome.GetMethod("op_Implicit", [typeof(Problem)])!.Invoke(null, [problem])!;

    private static bool IsOutcome(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Outcome<>);

    private static Type ResultOf(MethodInfo method) => method.ReturnType.GetGenericArguments()[0];

    private static string Name(MethodInfo method) => method.DeclaringType!.Name + "." + method.Name;

    private static MethodInfo Method(string name) => RecordedRegistry.Methods.Single(m => Name(m) == name);
}
