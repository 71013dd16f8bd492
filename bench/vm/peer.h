#pragma once
// A peer interpreter behind a C interface. The same source is built against lua5.4 and LuaJIT; both export
// the same symbols, so each lives in a module of its own.

extern "C" {
struct Peer {
    void* state;
    long long (*call)(void* state, const char* function, long long argument);
    // `count` calls of handlers[i](entities[j]) from C, hot (always the same) or cold (pseudo-random ones);
    // the sum of results.
    long long (*dispatch)(void* state, long long count, int cold);
};
// Null if the script does not load.
Peer* open_peer(const char* script_path);
}
