using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using SocialRegistry.Contracts;

namespace SocialRegistry.Access.Tests;

/// <summary>A catalogue of a few fields and identifier types.</summary>
internal sealed class FakeCatalogue : IFieldCatalogue
{
    private static readonly Dictionary<string, string> NoLabels = new() { ["eng"] = "x" };

    public Task<CatalogueView> GetAsync(CancellationToken cancellationToken) =>
        Task.FromResult(
            new CatalogueView
            {
                Version = 1,
                Fields =
                [
                    Field("given_name", "demographic_info.name.given_name"),
                    Field("surname", "demographic_info.name.surname"),
                    Field("birth_date", "demographic_info.birth_date") with
                    {
                        Type = FieldType.Date,
                        Class = FieldClass.Internal,
                    },
                    Field("is_disabled", "demographic_info.is_disabled") with
                    {
                        Class = FieldClass.Sensitive,
                    },
                    Field("phone_number", "demographic_info.phone_number"),
                    Field("home_place", "address.place"),
                    Field("birth_place", "birth.place"),
                ],
                CodeLists = [],
                IdentifierTypes =
                [
                    new IdentifierTypeView
                    {
                        Id = "UIN",
                        Kind = RegistrantKinds.Individual,
                        Labels = NoLabels,
                        Synonyms = ["NationalID"],
                    },
                ],
            }
        );

    private static FieldView Field(string id, string dci) =>
        new()
        {
            Id = id,
            Kind = RegistrantKinds.Individual,
            Type = FieldType.Text,
            Class = FieldClass.Personal,
            Labels = NoLabels,
            DciPath = dci,
        };
}

/// <summary>A register that knows who was put in.</summary>
internal sealed class FakeRegistrants : IRegistrants
{
    public ConcurrentDictionary<Identifier, RegistrantId> Known { get; } = new();

    /// <summary>The caller of the last look-up.</summary>
    public Caller? LastCaller { get; private set; }

    public Task<Outcome<IReadOnlyList<RegistrantView?>>> GetManyAsync(
        IReadOnlyList<RegistrantId> i,
        ReadOptions o,
        Caller c,
        CancellationToken t
    ) => throw new NotSupportedException();

    public Task<Outcome<IReadOnlyList<RegistrantView?>>> FindAsync(
        IReadOnlyList<Identifier> identifiers,
        ReadOptions options,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        LastCaller = caller;
        Outcome<IReadOnlyList<RegistrantView?>> found = new List<RegistrantView?>(
            identifiers.Select(identifier =>
                Known.TryGetValue(identifier, out var id)
                    ? new RegistrantView
                    {
                        Id = id,
                        Kind = RegistrantKinds.Individual,
                        Version = 1,
                        Status = "active",
                        RegisteredAt = default,
                        UpdatedAt = default,
                        Values = new Dictionary<string, System.Text.Json.JsonElement>(),
                    }
                    : null
            )
        );
        return Task.FromResult(found);
    }

    public Task<Outcome<RegistrantView>> ChangeStatusAsync(
        RegistrantId id,
        StatusChange change,
        Caller caller,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public Task<Outcome<RegistrantView>> CreateAsync(
        NewRegistrant registrant,
        Caller caller,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public Task<Outcome<RegistrantView>> GetAsync(
        RegistrantId id,
        ReadOptions options,
        Caller caller,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public Task<Outcome<RegistrantView>> UpdateAsync(
        RegistrantId id,
        RegistrantPatch patch,
        Caller caller,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public Task<Outcome<Done>> ArchiveAsync(
        RegistrantId id,
        long expectedVersion,
        string reason,
        Caller caller,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public Task<Outcome<SearchPage>> SearchAsync(
        SearchRequest request,
        Caller caller,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public Task<Outcome<IReadOnlyList<Outcome<ImportedRegistrant>>>> ImportAsync(
        IReadOnlyList<ImportRow> rows,
        bool dryRun,
        Caller caller,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();
}

/// <summary>Keeps log lines, to see what does not stand in them.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> lines = new();

    public string Text => string.Join('\n', lines);

    /// <summary>Not the server's own line for each request: it shows the address as sent, and is off in production.</summary>
    public ILogger CreateLogger(string categoryName) =>
        categoryName.StartsWith("Microsoft.AspNetCore.Hosting", StringComparison.Ordinal)
            ? Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance
            : this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    ) => lines.Enqueue(formatter(state, exception) + exception);

    public void Dispose() { }
}
