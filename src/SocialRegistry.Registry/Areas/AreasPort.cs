using System.Text.Json;
using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Areas;

/// <summary>The port: each call goes to its action.</summary>
internal sealed class AreasPort(ReadAreas read, ChangeAreas change, ImportAreas import) : IAreas
{
    public Task<Outcome<Page<AreaView>>> ListAsync(
        AreaSelection query,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    ) => read.ListAsync(query, page, cancellationToken);

    public Task<Outcome<AreaView>> GetAsync(string code, Caller caller, CancellationToken cancellationToken) =>
        read.GetAsync(code, cancellationToken);

    public Task<Outcome<AreaBoundary>> GetBoundaryAsync(
        string code,
        Caller caller,
        CancellationToken cancellationToken
    ) => read.GetBoundaryAsync(code, cancellationToken);

    public Task<Outcome<Page<AreaHistoryView>>> ListHistoryAsync(
        string code,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    ) => read.ListHistoryAsync(code, page, caller, cancellationToken);

    public Task<Outcome<AreaView>> CreateAsync(
        NewArea area,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    ) => change.CreateAsync(area, conditions, caller, cancellationToken);

    public Task<Outcome<AreaView>> ChangeAsync(
        string code,
        AreaChange areaChange,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    ) => change.ChangeAsync(code, areaChange, conditions, caller, cancellationToken);

    public Task<Outcome<AreaView>> CloseAsync(
        string code,
        AreaClosing closing,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    ) => change.CloseAsync(code, closing, conditions, caller, cancellationToken);

    public Task<Outcome<AreaView>> MoveAsync(
        string code,
        AreaMove move,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    ) => change.MoveAsync(code, move, conditions, caller, cancellationToken);

    public Task<Outcome<AreaView>> SetBoundaryAsync(
        string code,
        long expectedVersion,
        JsonElement? boundary,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    ) => change.SetBoundaryAsync(code, expectedVersion, boundary, conditions, caller, cancellationToken);

    public Task<Outcome<IReadOnlyList<AreaLevelView>>> ListLevelsAsync(
        Caller caller,
        CancellationToken cancellationToken
    ) => read.ListLevelsAsync(cancellationToken);

    public Task<Outcome<AreaLevelView>> SetLevelAsync(
        AreaLevelView level,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    ) => change.SetLevelAsync(level, conditions, caller, cancellationToken);

    public Task<Outcome<IReadOnlyList<Outcome<ImportedArea>>>> ImportAsync(
        IReadOnlyList<AreaRow> rows,
        bool dryRun,
        Caller caller,
        CancellationToken cancellationToken
    ) => import.HandleAsync(rows, dryRun, caller, cancellationToken);
}
