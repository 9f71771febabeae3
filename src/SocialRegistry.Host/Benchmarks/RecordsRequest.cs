namespace SocialRegistry.Host.Benchmarks;

/// <summary>What <c>bench records</c> was asked for.</summary>
/// <param name="Persons">Persons in the register, four a household.</param>
/// <param name="Duration">Length of each measurement.</param>
/// <param name="Clients">Operations under way at the same time, of reads and edits.</param>
/// <param name="Seed">Seed of the sample country.</param>
/// <param name="Database">Connection string; PostgreSQL gets a scratch database there, all else is a temporary SQLite file.</param>
internal sealed record RecordsRequest(int Persons, TimeSpan Duration, int Clients, int Seed, string? Database);
