// The start-up project of dotnet-ef: never shipped. See docs/migrations.md for the commands.
return 0;
