using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Reflection.V1Alpha;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Contracts;
using SocialRegistry.Grpc.Calls;
using SocialRegistry.Grpc.Client;
using SocialRegistry.Grpc.Tests.Support;

namespace SocialRegistry.Grpc.Tests.Calls;

/// <summary>How calls end: refused, failed, late, cancelled, too large.</summary>
public sealed class CallEndTests : IAsyncLifetime
{
    private RecordedRegistry registry = null!;

    private V1.Registrants.RegistrantsClient Stock => new(registry.Server.Channel);

    private IRegistrants Registrants => registry.Role.GetRequiredService<IRegistrants>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => registry = await RecordedRegistry.StartAsync();

    public ValueTask DisposeAsync() => registry.DisposeAsync();

    [Theory]
    [InlineData(ProblemKind.Invalid, StatusCode.InvalidArgument)]
    [InlineData(ProblemKind.NotFound, StatusCode.NotFound)]
    [InlineData(ProblemKind.Conflict, StatusCode.FailedPrecondition)]
    [InlineData(ProblemKind.PreconditionRequired, StatusCode.FailedPrecondition)]
    [InlineData(ProblemKind.PreconditionFailed, StatusCode.Aborted)]
    [InlineData(ProblemKind.Forbidden, StatusCode.PermissionDenied)]
    [InlineData(ProblemKind.Unauthenticated, StatusCode.Unauthenticated)]
    [InlineData(ProblemKind.TooLarge, StatusCode.ResourceExhausted)]
    [InlineData(ProblemKind.TooMany, StatusCode.ResourceExhausted)]
    [InlineData(ProblemKind.Unavailable, StatusCode.Unavailable)]
    public async Task A_stock_client_reads_a_problem_from_status_and_trailers(ProblemKind kind, StatusCode expected)
    {
        Refuse(new Problem("test.refused", kind, "Say it öther­wise.") { CurrentVersion = 7 });

        var failure = await Assert.ThrowsAsync<RpcException>(async () => await GetAsync());

        Assert.Equal((expected, "Say it öther­wise."), (failure.StatusCode, failure.Status.Detail));
        Assert.Equal("test.refused", failure.Trailers.GetValue(ProblemStatus.CodeTrailer));
        Assert.Equal("7", failure.Trailers.GetValue(ProblemStatus.VersionTrailer));
        var rich = V1.RichStatus.Parser.ParseFrom(failure.Trailers.GetValueBytes(ProblemStatus.DetailsTrailer));
        Assert.Equal(((int)expected, "Say it öther­wise."), (rich.Code, rich.Message));
        Assert.Equal("type.googleapis.com/socialregistry.v1.Problem", rich.Details.Single().TypeUrl);
    }

    [Fact]
    public async Task Thousands_of_wrong_fields_still_end_with_their_status()
    {
        Refuse(
            Problem.Invalid(
                "test.refused",
                "Look at the fields.",
                [.. Enumerable.Range(0, 5_000).Select(i => new FieldProblem("field_" + i, "unknown", "not there"))]
            )
        );

        var outcome = await Registrants.GetAsync(default, ReadOptions.Default, RemoteCalls.Nobody, Cancellation);

        var problem = outcome.Problem!;
        Assert.Equal(("test.refused", ProblemKind.Invalid), (problem.Code, problem.Kind));
        var shown = problem.Fields.Count - 1;
        Assert.InRange(shown, 300, 1_000);
        Assert.Equal("field_0", problem.Fields[0].Field);
        Assert.Equal(
            ("more", $"{5_000 - shown} more fields are wrong"),
            (problem.Fields[^1].Code, problem.Fields[^1].Detail)
        );
    }

    [Fact]
    public async Task What_breaks_inside_stays_inside()
    {
        registry.Answer = (_, _) => throw new InvalidOperationException("given_name = 'Zoraya' at Host=db.internal");

        var failure = await Assert.ThrowsAsync<RpcException>(async () => await GetAsync());

        Assert.Equal(StatusCode.Internal, failure.StatusCode);
        Assert.DoesNotContain("Zoraya", failure.Status.Detail);
        Assert.NotEmpty(failure.Trailers.GetValue("request-id")!);
        Assert.Contains(
            "InvalidOperationException escaped /socialregistry.v1.Registrants/Get",
            registry.Server.Logs.Text
        );
        Assert.DoesNotContain("Zoraya", registry.Server.Logs.Text);
        await Assert.ThrowsAsync<RemotePortException>(() =>
            Registrants.GetAsync(default, ReadOptions.Default, RemoteCalls.Nobody, Cancellation)
        );
    }

    [Fact]
    public async Task A_deadline_ends_the_work_too()
    {
        var stopped = Blocked();
        var failure = await Assert.ThrowsAsync<RpcException>(async () =>
            await Stock.GetAsync(Request, registry.Server.Signed(TimeSpan.FromMilliseconds(300)))
        );
        Assert.Equal(StatusCode.DeadlineExceeded, failure.StatusCode);
        await stopped.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
    }

    [Fact]
    public async Task Cancelling_a_call_ends_the_work_too()
    {
        var stopped = Blocked();
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await Assert.ThrowsAsync<OperationCanceledException>(() =>
            Registrants.GetAsync(default, ReadOptions.Default, RemoteCalls.Nobody, source.Token)
        );
        await stopped.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
    }

    [Fact]
    public async Task A_role_always_names_a_deadline()
    {
        Refuse(new Problem("test.refused", ProblemKind.Invalid, "No."));
        await Registrants.GetAsync(default, ReadOptions.Default, RemoteCalls.Nobody, Cancellation);
        var timeout = Assert.Single(registry.Server.Timeouts);
        var seconds = int.Parse(timeout[..^1]) / (timeout[^1] == 'm' ? 1_000.0 : 1);
        Assert.Contains(timeout[^1], "mS");
        Assert.InRange(seconds, 20, 30);
    }

    [Theory]
    [InlineData(null, "300S")]
    [InlineData("5S", "5S")]
    public async Task A_call_without_a_deadline_is_given_one(string? asked, string given)
    {
        string? seen = null;
        var endpoint = new RouteEndpointBuilder(
            context =>
            {
                seen = context.Request.Headers["grpc-timeout"];
                return Task.CompletedTask;
            },
            RoutePatternFactory.Parse("/"),
            0
        );
        CallGuard.Add(endpoint);
        var call = new DefaultHttpContext();
        if (asked is not null)
        {
            call.Request.Headers["grpc-timeout"] = asked;
        }

        await endpoint.RequestDelegate!(call);

        Assert.Equal(given, seen);
    }

    [Fact]
    public async Task A_core_that_is_not_there_is_unavailable()
    {
        await registry.Server.DisposeAsync();

        var outcome = await Registrants.GetAsync(default, ReadOptions.Default, RemoteCalls.Nobody, Cancellation);

        Assert.Equal(("grpc.unavailable", ProblemKind.Unavailable), (outcome.Problem!.Code, outcome.Problem.Kind));
        var failure = await Assert.ThrowsAsync<RemotePortException>(() =>
            registry.Role.GetRequiredService<IFieldCatalogue>().GetAsync(Cancellation)
        );
        Assert.Equal("grpc.unavailable", failure.Code);
    }

    [Fact]
    public async Task A_message_over_4_MiB_is_refused_on_both_ends()
    {
        var asked = 0;
        registry.Answer = (_, _) =>
        {
            asked++;
            return Task.FromResult<object?>((Outcome<RegistrantView>)View());
        };
        var large = new string('x', 5 * 1024 * 1024);
        var failure = await Assert.ThrowsAsync<RpcException>(async () =>
            await Stock.CreateAsync(
                new V1.CreateRegistrantRequest { Kind = "individual", Values = { ["a"] = $"\"{large}\"" } },
                registry.Server.Signed()
            )
        );
        Assert.Equal(StatusCode.ResourceExhausted, failure.StatusCode);

        var outcome = await Registrants.CreateAsync(
            new NewRegistrant
            {
                Kind = "individual",
                Values = new Dictionary<string, JsonElement> { ["a"] = JsonSerializer.SerializeToElement(large) },
            },
            RemoteCalls.Nobody,
            Cancellation
        );
        Assert.Equal(("grpc.message_too_large", ProblemKind.TooLarge), (outcome.Problem!.Code, outcome.Problem.Kind));
        Assert.Equal(0, asked);
    }

    [Fact]
    public async Task Rows_of_an_import_larger_than_a_message_go_in_several()
    {
        var calls = new List<int>();
        registry.Answer = (_, arguments) =>
        {
            var rows = (IReadOnlyList<ImportRow>)arguments[0]!;
            calls.Add(rows.Count);
            Assert.True((bool)arguments[1]!);
            return Task.FromResult<object?>(
                calls.Count == 3
                    ? (Outcome<IReadOnlyList<Outcome<ImportedRegistrant>>>)
                        new Problem("test.refused", ProblemKind.Unavailable, "Not now.")
                    : (Outcome<IReadOnlyList<Outcome<ImportedRegistrant>>>)
                        rows.Select(r =>
                                (Outcome<ImportedRegistrant>)
                                    new ImportedRegistrant(default, ImportAction.Created, long.Parse(r.Kind))
                            )
                            .ToList()
            );
        };
        var value = JsonSerializer.SerializeToElement(new string('x', 10_000));
        var rows = Enumerable
            .Range(0, 1_000)
            .Select(i => new ImportRow
            {
                Kind = i.ToString(),
                Values = new Dictionary<string, JsonElement> { ["a"] = value },
                Identifiers = [new Identifier("UIN", i.ToString())],
            })
            .ToList();

        var outcomes = (await Registrants.ImportAsync(rows, true, RemoteCalls.Nobody, Cancellation)).Require();

        Assert.Equal(1_000, calls.Sum());
        Assert.Equal(4, calls.Count);
        Assert.Equal(1_000, outcomes.Count);
        var refused = calls[0] + calls[1];
        for (var i = 0; i < outcomes.Count; i++)
        {
            if (i >= refused && i < refused + calls[2])
            {
                Assert.Equal("test.refused", outcomes[i].Problem!.Code);
            }
            else
            {
                Assert.Equal(i, outcomes[i].Require().Version);
            }
        }
    }

    [Fact]
    public async Task Ids_dates_and_JSON_that_are_none_are_refused_by_field()
    {
        var deep = new string('[', 1_000) + new string(']', 1_000);
        await InvalidAsync(
            "id",
            o => Stock.GetAsync(new V1.GetRegistrantRequest { Id = "1; drop table" }, o).ResponseAsync
        );
        await InvalidAsync(
            "values.a",
            o => Stock.CreateAsync(new V1.CreateRegistrantRequest { Values = { ["a"] = deep } }, o).ResponseAsync
        );
        await InvalidAsync(
            "values.a",
            o => Stock.CreateAsync(new V1.CreateRegistrantRequest { Values = { ["a"] = "" } }, o).ResponseAsync
        );
        await InvalidAsync(
            "values.a",
            o =>
                Stock
                    .CreateAsync(new V1.CreateRegistrantRequest { Values = { ["a"] = """{"x":1,"x":2}""" } }, o)
                    .ResponseAsync
        );
        await InvalidAsync(
            "effective_on",
            o => Stock.CreateAsync(new V1.CreateRegistrantRequest { EffectiveOn = "31/12/2020" }, o).ResponseAsync
        );
        await InvalidAsync(
            "membership",
            o =>
                new V1.Groups.GroupsClient(registry.Server.Channel)
                    .AddMemberAsync(new V1.AddMemberRequest(), o)
                    .ResponseAsync
        );
    }

    [Fact]
    public async Task Bytes_that_are_no_message_are_the_senders_mistake()
    {
        var (status, message) = await PostAsync([0, 0, 0, 0, 3, 0xFF, 0xFF, 0xFF]);
        Assert.Equal(("3", "The body is not the message that this method takes."), (status, message));
        Assert.Equal("3", (await PostAsync([0, 0, 0, 0, 200, 1])).Status);
        // What fails after the message was understood is not called unreadable.
        registry.Answer = (_, _) => throw new InvalidOperationException();
        var get = Request.ToByteArray();
        Assert.Equal("13", (await PostAsync([0, 0, 0, 0, (byte)get.Length, .. get])).Status);
    }

    [Fact]
    public async Task Compressed_messages_are_refused_before_they_are_unpacked()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            await gzip.WriteAsync(new byte[1024 * 1024], Cancellation);
        }

        var bytes = packed.ToArray();
        var length = BitConverter.GetBytes(IPAddress.HostToNetworkOrder(bytes.Length));
        Assert.Equal("12", (await PostAsync([1, .. length, .. bytes], "gzip")).Status);
    }

    [Fact]
    public async Task Reflection_is_off_unless_asked_for_and_then_lists_the_services()
    {
        Assert.Equal(
            StatusCode.Unimplemented,
            (await Assert.ThrowsAsync<RpcException>(() => ServicesOf(registry))).StatusCode
        );
        await using var open = await RecordedRegistry.StartAsync(new() { ["Grpc:Reflection"] = "true" });
        var services = await ServicesOf(open);
        Assert.Contains("socialregistry.v1.Registrants", services);
        Assert.Contains("grpc.health.v1.Health", services);
    }

    private static async Task<IReadOnlyList<string>> ServicesOf(RecordedRegistry registry)
    {
        var client = new ServerReflection.ServerReflectionClient(registry.Server.Channel);
        using var call = client.ServerReflectionInfo(registry.Server.Signed());
        await call.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "" });
        await call.RequestStream.CompleteAsync();
        Assert.True(await call.ResponseStream.MoveNext(Cancellation));
        return [.. call.ResponseStream.Current.ListServicesResponse.Service.Select(s => s.Name)];
    }

    private static V1.GetRegistrantRequest Request => new() { Id = Guid.Empty.ToString() };

    private static RegistrantView View() => (RegistrantView)new Filled(Amount.Least, 0).Make(typeof(RegistrantView));

    private async Task<V1.RegistrantReply> GetAsync() => await Stock.GetAsync(Request, registry.Server.Signed());

    private void Refuse(Problem problem) =>
        registry.Answer = (_, _) => Task.FromResult<object?>((Outcome<RegistrantView>)problem);

    /// <summary>The port never answers; the task ends when its work was cancelled.</summary>
    private Task Blocked()
    {
        var stopped = new TaskCompletionSource();
        registry.Answer = async (_, arguments) =>
        {
            try
            {
                await Task.Delay(Timeout.Infinite, (CancellationToken)arguments[^1]!);
            }
            finally
            {
                stopped.SetResult();
            }

            return null;
        };
        return stopped.Task;
    }

    private async Task InvalidAsync(string field, Func<CallOptions, Task> call)
    {
        var failure = await Assert.ThrowsAsync<RpcException>(() => call(registry.Server.Signed()));
        Assert.Equal(StatusCode.InvalidArgument, failure.StatusCode);
        var problem = failure.ToProblem()!;
        Assert.Equal("grpc.message_invalid", problem.Code);
        Assert.Equal(field, Assert.Single(problem.Fields).Field);
    }

    /// <summary>A call written byte by byte.</summary>
    private async Task<(string? Status, string? Message)> PostAsync(byte[] body, string? encoding = null)
    {
        using var http = new HttpClient { BaseAddress = registry.Server.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/socialregistry.v1.Registrants/Get")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(body)
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/grpc") },
            },
        };
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", registry.Server.Token());
        if (encoding is not null)
        {
            request.Headers.Add("grpc-encoding", encoding);
        }

        using var answer = await http.SendAsync(request, Cancellation);
        await answer.Content.ReadAsByteArrayAsync(Cancellation);
        return (Value("grpc-status"), Value("grpc-message") is { } text ? Uri.UnescapeDataString(text) : null);

        string? Value(string name) =>
            answer.TrailingHeaders.TryGetValues(name, out var trailers) ? trailers.Single()
            : answer.Headers.TryGetValues(name, out var headers) ? headers.Single()
            : null;
    }
}
