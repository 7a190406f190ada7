/* Host service: a folder of the instance's own, for what is too large for its records. */
#ifndef TOMADA_FOLDER_H
#define TOMADA_FOLDER_H
#include <tomada/plugin.h>

#ifdef __cplusplus
extern "C" {
#endif

#define TOMADA_FOLDER "tomada/draft/folder"
typedef struct tomada_folder {
  uint32_t size;
  /* [any] Its path, made (0700) when it was not there; false: it cannot be. All processes of the state folder share it,
   * and so do two generations of the instance while one is reloaded. */
  bool (*path)(const tomada_host*, void* context, tomada_sink path);
} tomada_folder;

#ifdef __cplusplus
}
#endif
#endif
